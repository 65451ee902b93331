// Looks at a built site through a real browser. `node look.mjs <site> <as-of> <way of looking>…`; a line for each thing wrong,
// exit code 1 when there is one. Whatever it needs from outside the site's folder is something wrong.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { Site } from "./site.mjs";

const [folder, asOf, ...ways] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  // Containers run as root and have little shared memory.
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=zh-CN"],
});
const site = new Site(browser, folder, asOf);
if (!existsSync(site.path("index.html"))) site.wrong("index.html", "there is no site");
try {
  for (const way of ways) {
    const { default: look } = await import(`./${way}.mjs`);
    await look(site);
  }
} catch (error) {
  site.wrong("look.mjs", error.stack);
} finally {
  await browser.close();
}
for (const line of site.faults) console.log(line);
console.error(`${site.opened} pages opened`);
process.exit(site.faults.size ? 1 : 0);
