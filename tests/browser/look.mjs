// Looks at a built site through a real browser. `node look.mjs <site> <as-of> <way of looking>…`; a line for each thing wrong,
// exit code 1 when there is one. Whatever it needs from outside the site's folder is something wrong.
import { existsSync } from "node:fs";
import { run } from "./run.mjs";
import { Site } from "./site.mjs";

const [folder, asOf, ...ways] = process.argv.slice(2);
const open = (browser) => {
  const site = new Site(browser, folder, asOf);
  if (!existsSync(site.path("index.html"))) site.wrong("index.html", "there is no site");
  return site;
};
await run(open, ways.map((way) => new URL(`${way}.mjs`, import.meta.url).href));
