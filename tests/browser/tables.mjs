// Tables are sorted by their heads and filtered by their box, with the mouse and with the keyboard alone.
const texts = (tab, selector) => tab.locator(selector).allInnerTexts();

// The values of a column as a reader takes them, in the order they stand in.
const column = (table, at) =>
  table.evaluate((table, at) => {
    const rows = [...table.querySelectorAll("tbody > tr:not(.group)")];
    return rows.map(({ cells: { [at]: cell } }) => {
      const time = cell?.querySelector("time[datetime]");
      return cell?.getAttribute("data-value") ?? time?.getAttribute("datetime") ?? cell?.textContent.trim() ?? "";
    });
  }, at);
const ORDER = new Intl.Collator("zh-CN", { numeric: true });

async function sorting(site, tab, page, table) {
  const rows = await table.locator("tbody > tr:not(.group)").count();
  const heads = table.locator("thead button");
  for (let at = 0; at < (await heads.count()); at += 1) {
    const head = heads.nth(at);
    const name = await head.innerText();
    await head.focus();
    for (const [way, sign] of [["ascending", 1], ["descending", -1]]) {
      await tab.keyboard.press("Enter");
      const told = await table.locator(`th[aria-sort=${way}]`).allInnerTexts();
      site.must(told.length === 1 && told[0] === name, page, `does not say it is sorted by ${name}, ${way}`);
      const values = await column(table, at);
      const full = values.filter((value) => value !== "");
      const sorted = full.every((value, at) => at === 0 || sign * ORDER.compare(full[at - 1], value) <= 0);
      site.must(sorted, page, `not sorted by ${name}, ${way}: ${full}`);
      site.must(values.slice(full.length).every((value) => value === ""), page, `what is empty does not come last by ${name}`);
      site.must(values.length === rows, page, `sorting by ${name} makes ${values.length} rows of ${rows}`);
    }
  }
}

async function filtering(site, tab, go, page) {
  await go(page);
  const box = tab.locator("input[data-filter]");
  site.must(await box.isVisible(), page, "cannot be filtered");
  const all = await texts(tab, "table tbody tr:not(.group):visible");
  const asked = (await tab.locator("table tbody tr:not(.group) a").last().innerText()).trim();
  await box.fill(asked);
  const left = await texts(tab, "table tbody tr:not(.group):visible");
  site.must(left.length > 0 && left.length < all.length, page, `“${asked}” leaves ${left.length} of ${all.length}`);
  site.must(left.every((row) => row.includes(asked)), page, `“${asked}” leaves ${left}`);
  site.must((await tab.locator("label output").innerText()).includes(String(left.length)), page, "does not count what is left");
  await box.fill("没有这样的人");
  site.must((await tab.locator("table tbody tr:visible").count()) === 0, page, "finds what is not there");
  await box.fill("");
  site.must((await texts(tab, "table tbody tr:not(.group):visible")).length === all.length, page, "does not come back");
}

export default async function look(site) {
  await site.window({}, async (tab, go) => {
    let sorted = 0;
    for (const page of site.kinds()) {
      await go(page);
      const tables = tab.locator("table[data-sort]:visible:has(thead button)");
      for (let at = 0; at < (await tables.count()); at += 1, sorted += 1) await sorting(site, tab, page, tables.nth(at));
    }
    site.must(sorted > 5, "tables.mjs", `${sorted} tables can be sorted`);
    for (const page of ["customers/index.html", "people/index.html"]) await filtering(site, tab, go, page);
  });
}
