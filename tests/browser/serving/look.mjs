// Writes in an archive while the program serves it, and looks at it through a real browser.
// `node look.mjs <program> <folder with content/ and themes/> <as-of> <way of looking>…`
import { run } from "../run.mjs";
import { Desk } from "./desk.mjs";

const [program, home, asOf, ...ways] = process.argv.slice(2);
await run((browser) => new Desk(browser, program, home, asOf), ways.map((way) => new URL(`${way}.mjs`, import.meta.url).href));
