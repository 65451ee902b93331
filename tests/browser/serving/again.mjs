// The program ends and is started again: the pages that are open say so, come back by themselves and go on. With `--follow`
// the page that is looked at becomes the page of what was saved.
import { door, shows, stayed, tells, until } from "./desk.mjs";

const FILE = "content/customers/htzk/customer.md";
const PAGE = "customers/htzk/index.html";
// What a browser says of a program that is not there.
const BEARS = /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_SOCKET_NOT_CONNECTED|status of 404|Refused to execute script/;

async function comesBack(desk, tab, says) {
  await desk.stop();
  const { text } = await tells(tab, "says that the program is gone", ({ kind }) => kind.includes("kd-is-away"));
  desk.must(text.includes("kedang serve"), PAGE, `the panel says “${text}”`);
  desk.must((await tab.locator("h1").innerText()).includes("恒泰智控"), PAGE, "cannot be read without the program");
  desk.edit(FILE, "环控。", `环控。${says}一。`);
  await desk.serve("--port", desk.port);
  await shows(tab, `${says}一。`);
  await tells(tab, "no longer says it", ({ kind }) => !kind.includes("kd-is-away"));
  desk.edit(FILE, `${says}一。`, `${says}二。`);
  await shows(tab, `${says}二。`);
}

export default async function look(desk) {
  await desk.serve("--port", await door());
  await desk.window({}, async (open) => {
    const tab = await open(PAGE);
    await tells(tab, "has asked", ({ badge }) => badge);
    await comesBack(desk, tab, "头一次");
    await comesBack(desk, tab, "第二次");
  }, BEARS);
  await desk.window({}, async (open, context) => {
    await context.addInitScript(() => { delete window.SharedWorker; });
    const tab = await open(PAGE);
    await tells(tab, "has asked", ({ badge }) => badge);
    await comesBack(desk, tab, "自己问");
  }, BEARS);
  await desk.stop();

  await desk.serve("--follow");
  await desk.window({}, async (open) => {
    const [other, tab] = [await open("reports/due.html"), await open("index.html")];
    await tells(other, "has asked", ({ badge }) => badge);
    await tells(tab, "has asked", ({ badge }) => badge);
    await tab.bringToFront();
    const goes = async (file, page) => {
      desk.write(file, `${desk.read(file)}\n又记一句。\n`);
      await until(`the tab goes to ${page}`, async () => decodeURIComponent(new URL(tab.url()).pathname) === `/${page}`);
      await until(`${page} says what was saved`, async () => (await tab.locator("main").innerText()).includes("又记一句"));
    };
    await goes("content/customers/lanjiang/visits/2026-11-12.md", "customers/lanjiang/visits/2026.html");
    await goes(FILE, PAGE);
    desk.must(other.url() === desk.address("reports/due.html"), "reports/due.html", `went to ${other.url()}, and nobody looked at it`);
    desk.must(await stayed(other), "reports/due.html", "is loaded again for what it does not show");
  });
  await desk.stop();
}
