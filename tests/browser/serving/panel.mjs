// What is wrong stands in the corner of the page, with the way to its line; it goes when it is mended. Meanwhile the page, and
// the whole site, stay as they were. On paper nothing of it is seen, and on a phone half of the page is.
import { DESK, PHONE, ask, mark, panel, shows, tells } from "./desk.mjs";

const FILE = "content/customers/lanjiang/customer.md";
const PAGE = "customers/lanjiang/index.html";
const GOOD = "标签: 集团客户、智慧水务";
const BAD = "标签: [集团客户、智慧水务";
const TEMPLATE = "themes/ink/templates/customer.html";
const HEADING = "{{ name }}{% if short %}";

// How much of the window's width page and panel take.
const widths = (tab) =>
  ask(tab, () => {
    const box = document.querySelector("kedang-panel").shadowRoot.querySelector(".kd-box").getBoundingClientRect();
    const { clientWidth, scrollWidth } = document.documentElement;
    return { left: box.left, right: box.right, top: box.top, clientWidth, scrollWidth };
  });

async function fault(desk, tab) {
  const good = desk.edit(FILE, GOOD, BAD);
  const line = desk.read(FILE).split("\n").indexOf(BAD) + 1;
  const error = ({ faults }) => faults.find(({ severity }) => severity === "kd-error");
  const note = error(await tells(tab, "opens for an error", (shown) => shown.isOpen && error(shown)));
  const at = `${FILE}:${line}:`;
  desk.must(note.message.includes("括号只有开头，没有收尾"), PAGE, `the panel says ${note.message}`);
  desk.must(note.where.startsWith(at), PAGE, `the panel names ${note.where}, not ${at}`);
  desk.must(note.source === `${line} ${BAD}` && note.marked, PAGE, `the panel shows the line “${note.source}”, “${note.marked}” marked`);
  desk.must(note.help.some((help) => help.includes("正文里的一节")), PAGE, `the panel helps with ${note.help}`);
  const column = note.where.slice(at.length);
  const open = `vscode://file${encodeURI(desk.path(FILE))}:${line}:${column}`;
  desk.must(/^\d+$/.test(column) && note.open === open, PAGE, `the panel leads to ${note.open}, not ${open}`);
  desk.must((await tab.locator("main").innerText()).includes("澜江水务集团有限公司"), PAGE, "cannot be read beside its fault");
  await desk.shoot(tab, "error");

  await tab.setViewportSize(PHONE);
  const { left, right, top, clientWidth, scrollWidth } = await widths(tab);
  desk.must(left >= 0 && right <= clientWidth, PAGE, `on a phone of ${clientWidth} the panel reaches from ${left} to ${right}`);
  desk.must(scrollWidth <= clientWidth, PAGE, `on a phone of ${clientWidth} is ${scrollWidth} wide`);
  desk.must(top >= PHONE.height / 2, PAGE, `on a phone the panel begins at ${top} of ${PHONE.height}`);
  await desk.shoot(tab, "error-phone");
  await tab.setViewportSize(DESK);

  await tab.emulateMedia({ media: "print" });
  const seen = await ask(tab, () => document.querySelector("kedang-panel").getBoundingClientRect().height);
  desk.must(seen === 0, PAGE, "the panel is printed");
  await desk.shoot(tab, "error-print");
  await tab.emulateMedia({ media: "screen" });

  desk.write(FILE, good);
  await tells(tab, "closes when it is mended", (shown) => !shown.isOpen && !error(shown));
  await shows(tab, "集团客户");
}

async function template(desk, tab) {
  const breaks = [
    // Found when the page is made.
    ["{{ name.nowhere.text }}{% if short %}", "生成 customers/", "正在生成的记录：content/"],
    // Found when it is read.
    ["{{ name | nosuch }}{% if short %}", "nosuch", ""],
  ];
  for (const [broken, says, helps] of breaks) {
    const good = desk.edit(TEMPLATE, HEADING, broken);
    const line = desk.read(TEMPLATE).split("\n").findIndex((line) => line.includes(broken)) + 1;
    const { trouble, text } = await tells(tab, `tells of ${broken}`, ({ isOpen, trouble }) => isOpen && trouble.length && trouble[0].message.includes(says));
    const [note] = trouble;
    desk.must(note.where.startsWith(`${TEMPLATE}:${line}:`), TEMPLATE, `the panel names ${note.where}`);
    desk.must(note.source.includes(broken.split("{%")[0]) && note.marked, TEMPLATE, `the panel shows “${note.source}”`);
    desk.must(note.open.startsWith(`vscode://file${encodeURI(desk.path(TEMPLATE))}:${line}:`), TEMPLATE, `the panel leads to ${note.open}`);
    desk.must(!helps || note.help.some((help) => help.includes(helps)), TEMPLATE, `the panel helps with ${note.help}`);
    desk.must(text.includes("仍显示上一次的好网站"), TEMPLATE, "the panel does not say that the site stays");
    // The last good site is there, to be walked about in.
    const status = (await tab.reload({ waitUntil: "load" })).status();
    desk.must(status === 200 && (await tab.locator("h1").innerText()).includes("澜江水务"), PAGE, `is not served beside a broken template: ${status}`);
    await tells(tab, "still tells of it", ({ trouble }) => trouble.length);
    await desk.shoot(tab, helps ? "template" : "template-unread");
    desk.write(TEMPLATE, good);
    await tells(tab, "closes when the template is mended", ({ isOpen, trouble }) => !isOpen && !trouble.length);
  }
  // And what was written meanwhile is there.
  desk.edit(TEMPLATE, HEADING, `〔好〕${HEADING}`);
  await shows(tab, "〔好〕澜江水务集团有限公司");
}

// Before there is a site: the page says why, and is the site as soon as there is one.
async function first(desk) {
  const policy = "content/archive.yaml";
  const good = desk.read(policy);
  desk.write(policy, `没有这项: 1\n${good}`);
  await desk.serve();
  await desk.window({}, async (open) => {
    const tab = await open(PAGE);
    const says = await tab.locator("main").innerText();
    for (const part of ["网站还没有生成", "没有这项", `${policy}:1`]) desk.must(says.includes(part), PAGE, `without a site it says “${says}”, not “${part}”`);
    const leads = await tab.locator("main a").first().getAttribute("href");
    desk.must(leads.startsWith(`vscode://file${encodeURI(desk.path(policy))}:1:`), PAGE, `without a site it leads to ${leads}`);
    const beside = await panel(tab);
    desk.must(!beside.isOpen && !beside.badge && !beside.trouble.length, PAGE, `without a site the panel says the same: ${beside.text}`);
    await desk.shoot(tab, "no-site");
    await tab.setViewportSize(PHONE);
    const { clientWidth, scrollWidth } = await widths(tab);
    desk.must(scrollWidth <= clientWidth, PAGE, `without a site is ${scrollWidth} wide on ${clientWidth}`);
    await desk.shoot(tab, "no-site-phone");
    await tab.setViewportSize(DESK);
    desk.write(policy, `也没有这项: 1\n${good}`);
    await shows(tab, "也没有这项");
    desk.must(!(await tab.locator("main").innerText()).includes("“没有这项”"), PAGE, "without a site it says what is mended");
    await mark(tab);
    desk.write(policy, good);
    await shows(tab, "澜江水务集团有限公司");
  }, /status of 503/);
  await desk.stop();
}

export default async function look(desk) {
  await first(desk);
  await desk.serve();
  await desk.window({}, async (open) => {
    const tab = await open(PAGE);
    const { isOpen, faults } = await tells(tab, "has asked", ({ badge }) => badge);
    desk.must(!isOpen && !faults.some(({ severity }) => severity === "kd-error"), PAGE, "the panel opens for nothing");
    await fault(desk, tab);
    await template(desk, tab);
  });
  await desk.stop();
}
