// Days are counted, from the day the site was made for or from today; without scripts the date and a word stand there.
const DUE = () =>
  [...document.querySelectorAll("time[data-due]")].map((time) => ({
    due: time.dataset.due,
    said: time.parentElement.querySelector("b")?.textContent,
    state: time.parentElement.className,
  }));
const days = (from, to) => (Date.parse(to) - Date.parse(from)) / 86400000;
const later = (day, n) => new Date(Date.parse(day) + n * 86400000);

export default async function look(site) {
  const pages = ["index.html", "reports/due.html"];
  await site.window({}, async (tab, go) => {
    const pinned = await readPinned(tab, go);
    for (const opened of [0, 10]) {
      // Half past nine in the morning there.
      await tab.clock.setFixedTime(new Date(later(site.asOf, opened).getTime() + 1.5 * 3600000));
      const today = pinned ? site.asOf : later(site.asOf, opened).toISOString().slice(0, 10);
      for (const page of pages) {
        await go(page);
        const dues = await tab.evaluate(DUE);
        site.must(dues.some(({ said }) => /逾期 \d+ 天/.test(said)), page, "nothing is overdue");
        for (const { due, said, state } of dues) {
          const left = days(today, due);
          const right = left < 0 ? `逾期 ${-left} 天` : left === 0 ? "今天" : `还有 ${left} 天`;
          site.must(said.includes(right), page, `${due} is ${right} from ${today}, not “${said}”`);
          site.must(state.includes("overdue") === left < 0, page, `${due} is coloured ${state}`);
        }
        const line = await tab.locator("#stale").innerText();
        const told = opened === 0 ? line === "" : pinned ? line.includes(site.asOf) : line.includes(`${opened} 天`);
        site.must(told, page, `opened ${opened} days later it says “${line}”`);
        site.must((await tab.locator("[data-as-of]").first().innerText()).includes(site.asOf), page, "does not say its day");
      }
    }
  });
  await site.window({ javaScriptEnabled: false }, async (tab, go) => {
    for (const page of pages) {
      await go(page);
      const row = tab.locator("tr", { has: tab.locator(".due.overdue") }).first();
      site.must(/\d{4}-\d\d-\d\d\s+逾期/.test(await row.innerText()), page, "without scripts nothing is overdue");
    }
    for (const page of site.kinds()) {
      await go(page);
      const blind = tab.locator("input[data-filter]:visible, thead button:visible");
      site.must((await blind.count()) === 0, page, "shows what only works with scripts");
      site.must(await tab.locator("h1").isVisible(), page, "has no heading without scripts");
    }
  });
}

async function readPinned(tab, go) {
  await go("index.html");
  return tab.evaluate(() => window.kedang.pinned);
}
