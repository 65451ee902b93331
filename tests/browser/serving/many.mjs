// A browser with many tabs holds one line to the program and no more: it opens six connections to one address, and a tab that
// listened by itself would keep one of them for good. All tabs hear of what is saved.
import { readFileSync } from "node:fs";
import { ask, shows, until } from "./desk.mjs";

const TABS = ["index.html", "customers/index.html", "customers/by-owner.html", "people/index.html", "staff/index.html", "reports/index.html",
  "reports/due.html", "problems/index.html", "customers/htzk/index.html", "customers/lanjiang/index.html"];

// How many connections browsers hold to this port, as the system counts them.
function connections(port) {
  const at = Number(port).toString(16).toUpperCase().padStart(4, "0");
  const rows = readFileSync("/proc/net/tcp", "utf8").split("\n").map((row) => row.trim().split(/\s+/));
  const ESTABLISHED = "01";
  return rows.filter(([, , to, state]) => to?.endsWith(`:${at}`) && state === ESTABLISHED).length;
}

export default async function look(desk) {
  await desk.serve();
  await desk.window({}, async (open) => {
    const tabs = [];
    for (const page of TABS) tabs.push(await open(page));
    for (const title of ["新的客户档案", "更新的客户档案"]) {
      desk.edit("content/archive.yaml", /^title: .*$/m, `title: ${title}`);
      for (const tab of tabs) {
        // Who is in the background loads when somebody looks.
        await tab.bringToFront();
        await until(`${tab.url()} says ${title}`, () => ask(tab, (title) => document.readyState === "complete" && document.title.includes(title), title));
      }
    }
    // The connections that brought the pages are closed when nothing more is asked of them.
    let held = 0;
    await until("idle connections are closed", async () => (held = connections(desk.port)) <= 1);
    desk.must(held === 1, "many.mjs", `${TABS.length} tabs hold ${held} connections`);
    // It is the one that listens.
    desk.edit("content/customers/htzk/customer.md", "环控。", "环控，也缺消防。");
    await shows(tabs[8], "也缺消防");
  });
  await desk.stop();
}
