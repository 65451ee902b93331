// A save makes the pages that show it load themselves again, and the reader finds everything as he left it; other pages stay as
// they are. A style sheet is put in the place of the old one.
import { ask, mark, shows, stayed, until } from "./desk.mjs";

const DOSSIER = "customers/lanjiang/index.html";
const OTHER = "customers/htzk/index.html";
const VISIT = "content/customers/lanjiang/visits/2026-11-20.md";
const STYLE = "themes/ink/assets/style.css";
// Pixels that nobody sees.
const NEAR = 3;

// Where something stands in the window and on the page.
const placed = (tab, selector) =>
  ask(tab, (selector) => {
    const { top } = document.querySelector(selector).getBoundingClientRect();
    return { top, y: top + window.scrollY };
  }, selector);

// By how much it stands elsewhere; what nobody sees is nothing.
const moved = async (tab, selector, top) => {
  const by = Math.round((await placed(tab, selector)).top - top);
  return Math.abs(by) <= NEAR ? 0 : by;
};

const scrollTo = (tab, selector, top) =>
  ask(tab, ([selector, top]) => window.scrollBy(0, document.querySelector(selector).getBoundingClientRect().top - top), [selector, top]);

const open = (tab, selector) => ask(tab, (selector) => document.querySelector(selector).open, selector);

// A customer is read; a visit gets more open items, which stand above what is read.
async function reading(desk, tab, name) {
  await tab.locator("details.unfiled summary").click();
  await tab.locator("details.tried summary").click();
  desk.must((await open(tab, ".unfiled")) && !(await open(tab, ".tried")), name, "the reader cannot fold");
  await scrollTo(tab, "#timeline h2", 160);
  const before = await placed(tab, "#timeline h2");
  await mark(tab);
  desk.edit(VISIT, "## 未处理问题\n", `## 未处理问题\n\n- [ ] 备用网关放在哪里（${name}，12-8）\n- [ ] 生产部的签字（宋佳，12-9）\n`);
  await shows(tab, "备用网关放在哪里");
  await desk.becomes(name, "the section the reader opened is open", true, () => open(tab, ".unfiled"));
  await desk.becomes(name, "the section the reader closed is open", false, () => open(tab, ".tried"));
  const now = await placed(tab, "#timeline h2");
  desk.must(now.y > before.y + 20, name, "nothing came above what is read: this shows nothing");
  await desk.becomes(name, "how far what is read moved", 0, () => moved(tab, "#timeline h2", before.top));
}

// A long list is sorted and filtered; a person in it is called otherwise.
async function listing(desk, tab) {
  const page = "people/index.html";
  const rows = () => tab.locator("#rows tbody tr:not(.group):visible").allInnerTexts();
  const head = tab.locator("#rows thead button").first();
  await head.click();
  await head.click();
  await tab.locator("input[data-filter]").fill("长");
  await ask(tab, () => document.querySelector("input[data-filter]").setSelectionRange(0, 1));
  await scrollTo(tab, "#rows", -200);
  const [before, { top }] = [await rows(), await placed(tab, "#rows")];
  const find = (rows) => rows.findIndex((row) => row.includes("罗文彬"));
  desk.must(before.length > 8 && before.length < 40 && find(before) >= 0, page, `the filter leaves ${before}: this shows nothing`);
  desk.must(top < -100, page, "is not scrolled: this shows nothing");
  await mark(tab);
  const person = "content/customers/hdy/people/罗文彬.md";
  desk.edit(person, "称呼: 罗总", "称呼: 罗院长");
  await shows(tab, "罗院长");
  const others = (rows) => rows.filter((row, at) => at !== find(before));
  await desk.becomes(page, "the list, filtered and sorted", others(before), async () => others(await rows()));
  const box = () => {
    const box = document.querySelector("input[data-filter]");
    return [box.value, document.activeElement === box, box.selectionStart, box.selectionEnd];
  };
  await desk.becomes(page, "the box, and what is selected in it", ["长", true, 0, 1], () => ask(tab, box));
  const sorted = () => [...document.querySelectorAll("#rows th[aria-sort]")].map((head) => [head.cellIndex, head.getAttribute("aria-sort")]);
  await desk.becomes(page, "what it is sorted by", [[0, "descending"]], () => ask(tab, sorted));
  await desk.becomes(page, "how far the list moved", 0, () => moved(tab, "#rows", top));
}

export default async function look(desk) {
  // A company's own theme may fold what ours does not.
  const folded = '<details class="tried" open><summary>归档说明</summary><p>按季度归档。</p></details>\n';
  desk.edit("themes/ink/templates/customer.html", '<section id="people">', `${folded}<section id="people">`);
  await desk.serve();
  await desk.window({}, async (open) => {
    const [dossier, people, other, list] = [await open(DOSSIER), await open("people/index.html"), await open(OTHER), await open("customers/index.html")];
    await reading(desk, dossier, "宋佳");
    await listing(desk, people);

    // What others saved was no news to it; what is saved now is, and every tab hears the news in order.
    const lists = list.loads;
    desk.edit("content/customers/htzk/customer.md", "级别: 一般", "级别: 重点");
    await shows(other, "重点");
    await shows(list, "重点");
    desk.must(other.loads === 2, OTHER, `is loaded ${other.loads - 1} times, and what it shows was saved once`);
    desk.must(list.loads > lists, "customers/index.html", "is not loaded again");

    for (const tab of [dossier, other]) await mark(tab);
    desk.write(STYLE, `${desk.read(STYLE)}\nh1 { color: rgb(1, 2, 3) !important; }\n`);
    for (const tab of [dossier, other]) {
      const colour = () => ask(tab, () => getComputedStyle(document.querySelector("h1")).color);
      await until(`${tab.url()} has the new style`, async () => (await colour()) === "rgb(1, 2, 3)");
      desk.must(await stayed(tab), tab.url(), "is loaded again for a style sheet");
      await until("the old sheet is gone", () =>
        ask(tab, () => [...document.querySelectorAll("link[rel=stylesheet]")].filter((link) => link.href.includes("assets/style.css")).length === 1));
    }
  });

  // Browsers without a worker for all tabs ask by themselves.
  await desk.window({}, async (open, context) => {
    await context.addInitScript(() => { delete window.SharedWorker; });
    const tab = await open(DOSSIER);
    desk.must(await ask(tab, () => !("SharedWorker" in window)), DOSSIER, "has a worker: this shows nothing");
    desk.edit(VISIT, "备用网关放在哪里", "备用网关先不放，备用网关放在哪里");
    await shows(tab, "备用网关先不放");
    await reading(desk, tab, "郑一鸣");
  });
  await desk.stop();
}
