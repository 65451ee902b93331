// Whatever somebody calls a customer, a folder or a field is text: on pages, in lists, in the panel, in the pages that say there
// is none. It opens no dialog, loads nothing, and becomes no element.
import { ask, tells, until } from "./desk.mjs";

const NAME = "<img src=x onerror=alert(1)>";
const FOLDER = `content/customers/${NAME}`;
const FIELD = '"><svg onload=alert(2)>';
const PERSON = "</script><script>alert(3)</script>";

const customer = `---
档案编号: YC-099
单位名称: '${NAME}'
简称: '${NAME}'
级别: '${FIELD}'
行业: '${PERSON}'
地区: '${NAME}'
负责人: '${PERSON}'
${FIELD}: 1
---

## 客户概况

<img src=x onerror=alert(4)> <script>alert(5)</script> [点这里](javascript:alert(6))
`;
const visit = `---
日期: '${NAME}'
拜访人: '${PERSON}'
拜访对象: '${NAME}'
拜访目的: '${FIELD}'
---

${NAME}
`;

// What came of a name besides text, on the page and in the panel.
const injected = (tab) =>
  ask(tab, () => {
    const roots = [document, document.querySelector("kedang-panel").shadowRoot];
    const bad = 'img[src="x"], [onerror], [onload], script:not([src]), a[href^="javascript:" i]';
    return roots.flatMap((root) => [...root.querySelectorAll(bad)].map((element) => element.outerHTML.slice(0, 200))).join(" | ");
  });

export default async function look(desk) {
  desk.write(`${FOLDER}/customer.md`, customer);
  desk.write(`${FOLDER}/visits/2026-11-03.md`, visit);
  const policy = "content/archive.yaml";
  const good = desk.read(policy);
  desk.write(policy, `'${NAME}': 1\n${good}`);
  await desk.serve();
  await desk.window({}, async (open, context) => {
    const halted = await open("index.html");
    desk.must((await halted.locator("main").innerText()).includes(NAME), "index.html", "without a site the name is not shown");
    desk.must(!(await injected(halted)), "index.html", `without a site: ${await injected(halted)}`);
    desk.write(policy, good);
    await until("the site is there", () => ask(halted, () => !document.querySelector(".kedang-small") && !!document.querySelector("h1")));

    await halted.goto(desk.address("customers/index.html"));
    const home = await halted.locator("#rows a", { hasText: NAME }).first().getAttribute("href");
    const dossier = decodeURIComponent(new URL(home, halted.url()).pathname.slice(1));
    await halted.goto(desk.address(dossier));
    // Every page of the site that says it, the pages of what there is not, and addresses that are no page.
    const links = await halted.locator("main a[href]").evaluateAll((links) => links.map((link) => link.href));
    const mine = links.filter((link) => link.startsWith(new URL(".", halted.url()).href)).map((link) => decodeURIComponent(new URL(link).pathname.slice(1)));
    const lists = ["index.html", "customers/index.html", "customers/by-industry.html", "people/index.html", "staff/index.html", "problems/index.html", "reports/index.html", "reports/due.html"];
    const missing = [`${NAME}/index.html`, `customers/${NAME}.html`, `${FIELD}.html`];
    let told = 0, named = 0;
    for (const page of new Set([dossier, ...mine, ...lists, ...missing])) {
      const tab = await open(page);
      const shown = await tells(tab, "has asked", ({ badge }) => badge);
      const said = await ask(tab, () => document.body.innerText);
      if (said.includes(NAME)) named += 1;
      if (shown.faults.some(({ message, source = "", where = "" }) => (message + source + where).includes("onerror"))) told += 1;
      desk.must(!missing.includes(page) || said.includes(page), page, "is not named where it is missing");
      const bad = await injected(tab);
      desk.must(!bad, page, `became an element: ${bad}`);
      if (page === dossier) {
        desk.must((await tab.locator("h1").innerText()).includes(NAME), page, "is not called by its name");
        const all = shown.faults.map(({ message }) => message).join();
        desk.must(shown.isOpen && all.includes(FIELD), page, `the panel does not tell of “${FIELD}”: ${all}`);
        await desk.shoot(tab, "hostile");
      }
      await tab.close();
    }
    desk.must(named > 5 && told > 0, "hostile.mjs", `the name stands on ${named} pages, and ${told} panels tell of it: this shows nothing`);
  }, /status of (503|404)/);
  await desk.stop();
}
