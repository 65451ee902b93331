// A page of each kind can be read by everybody: axe-core finds nothing, by day, by night and on a phone.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
  resultTypes: ["violations"],
  // It would read the style sheets again, which the page's own policy forbids.
  preload: false,
  // Browsers let the keyboard into boxes that scroll by themselves.
  rules: { "scrollable-region-focusable": { enabled: false }, "heading-order": { enabled: true } },
};

export default async function look(site) {
  const looks = [
    ["day", { colorScheme: "light" }],
    ["night", { colorScheme: "dark" }],
    ["phone", { colorScheme: "light", viewport: { width: 390, height: 844 } }],
  ];
  for (const [name, options] of looks) {
    await site.window(options, async (tab, go) => {
      for (const page of [...site.kinds(), ...site.papers()]) {
        await go(page);
        if (name === "night") site.must(await tab.evaluate(dark), page, "is not dark at night");
        // Evaluated by the debugger, which the page's own policy does not bind.
        await tab.evaluate(AXE);
        const { violations } = await tab.evaluate((rules) => window.axe.run(document, rules), RULES);
        for (const { id, help, nodes } of violations) {
          const shown = nodes.slice(0, 2).map((node) => `${node.html.slice(0, 160)} ${(node.any[0] ?? node.all[0])?.message ?? ""}`);
          site.wrong(page, `${name}: ${id}: ${help}: ${nodes.length} × ${shown.join(" | ")}`);
        }
      }
    });
  }
}

function dark() {
  const shade = (colour) => Math.max(...colour.match(/\d+(\.\d+)?/g).slice(0, 3).map(Number));
  const paper = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor).find((colour) => !/, 0\)$/.test(colour));
  return shade(paper) < 80 && shade(getComputedStyle(document.body).color) > 150;
}
