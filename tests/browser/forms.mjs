// The official forms as they come out of the printer: as many sheets of paper as expected, each with its mark, its number, its title
// and its heads, nothing clipped, nothing lost; and word for word what stands in `expected/`. `UPDATE=1` writes that anew.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const EXPECTED = join(dirname(fileURLToPath(import.meta.url)), "expected");
// A4 without its margins, in the pixels of a style sheet.
const WIDTH = 688;
// What is printed, by the name of the file with the expected words.
const PRINTS = [
  ["blank", /^forms\/blank\.html$/, ""],
  ["nobody", /^customers\/nobody\/forms\.html$/, ""],
  ["one", /^customers\/one\/forms\.html$/, ""],
  ["one-second", /^customers\/one\/forms\.html$/, "#copy-2"],
  ["full", /^customers\/full\/forms\.html$/, ""],
  ["many-6", /^customers\/many\/forms\.html$/, "#form-6"],
  ["many-7", /^customers\/many\/forms\.html$/, "#form-7"],
  ["over", /^customers\/over\/forms\.html$/, ""],
  ["over-one", /^customers\/over\/forms\.html$/, "#form-3"],
  ["days", /^forms\/7\/.+\/2026-11\.html$/, ""],
];

const bare = (text) => text.replace(/\s+/g, "");

// The sheets that are printed: title, heads, and the words of every cell, with those of its body where it is prose.
function sheets() {
  const bare = (text) => text.replace(/\s+/g, "");
  const shown = [...document.querySelectorAll(".sheet")].filter((sheet) => getComputedStyle(sheet).display !== "none");
  return shown.map((sheet) => ({
    id: sheet.id,
    title: bare(sheet.querySelector("h2").textContent),
    heads: bare([...sheet.querySelectorAll("thead tr:not(.title) :is(th, td)")].map((cell) => cell.innerText).join("")),
    rows: [...sheet.querySelectorAll("tbody:not(.below) :is(th, td)")].map((cell) => bare(cell.innerText)).filter((text) => text),
    words: [...sheet.querySelectorAll("tbody:not(.below) :is(th, td), .small p, .above span")].map((cell) => bare(cell.innerText)).filter((text) => text),
  }));
}

// What reaches out of its box or beyond the paper.
function beyond(width) {
  const all = [...document.querySelectorAll(".sheet :is(table, th, td, p, h2, span)")].filter((element) => element.offsetParent);
  const wide = all.filter((element) => element.getBoundingClientRect().right > width + 1 || element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0);
  return wide.slice(0, 3).map((element) => `<${element.localName}> ${element.textContent.trim().slice(0, 30)}`).join(" | ");
}

export default async function look(site) {
  const folder = mkdtempSync(join(tmpdir(), "kedang-forms-"));
  try {
    await site.window({}, async (tab, go) => {
      for (const [name, pattern, fragment] of PRINTS) {
        const page = site.page(pattern);
        await go(page);
        // A new fragment alone loads nothing.
        await tab.evaluate((fragment) => { location.hash = fragment; }, fragment);
        await tab.emulateMedia({ media: "print" });
        await tab.setViewportSize({ width: WIDTH, height: 900 });
        const wide = await tab.evaluate(beyond, WIDTH);
        site.must(!wide, page, `${name}: wider than its box: ${wide}`);
        const all = await tab.evaluate(sheets);
        const pdf = join(process.env.FORMS_KEEP || folder, `${name}.pdf`);
        const debug = await tab.context().newCDPSession(tab);
        const { data } = await debug.send("Page.printToPDF", { preferCSSPageSize: true });
        writeFileSync(pdf, Buffer.from(data, "base64"));
        const papers = execFileSync("pdftotext", ["-raw", pdf, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
        compare(site, page, name, papers, all);
        await tab.emulateMedia({ media: "screen" });
      }
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compare(site, page, name, papers, all) {
  let at = -1;
  let words = all.map(() => "");
  papers.forEach((paper, number) => {
    let text = bare(paper);
    const foot = `第${number + 1}页共${papers.length}页`;
    site.must(text.includes(foot), page, `${name}: no “${foot}”`);
    site.must(/商业秘密·全本·密级..·甲公司/.test(text), page, `${name}: no mark of secrecy on paper ${number + 1}`);
    // A sheet begins a page of its own, and goes on under its own title and heads.
    const next = all[at + 1];
    if (next && text.includes(next.title) && (at < 0 || words[at].length >= all[at].words.join("").length)) at += 1;
    const { title, heads } = all[at] ?? { title: "?", heads: "?" };
    site.must(text.includes(title), page, `${name}: paper ${number + 1} lacks its title ${title}`);
    site.must(text.includes(heads), page, `${name}: paper ${number + 1} lacks its heads ${heads}`);
    text = text.replace(/商业秘密·全本·密级..·甲公司(·数据截至[\d-]+)?/, "").replace(foot, "");
    // And is there for a row of its box, or a part of one, where they have words at all.
    const rows = (all[at]?.rows ?? []).flatMap((row) => row.match(/.{1,24}/gsu));
    const box = text.slice(text.indexOf(heads) + heads.length);
    site.must(!rows.length || rows.some((row) => box.includes(row)), page, `${name}: paper ${number + 1} holds no row of ${title}`);
    // Below the title and the heads that every paper repeats.
    if (words[at]) text = text.slice(text.indexOf(heads) + heads.length);
    words[at] = (words[at] ?? "") + text;
  });
  site.must(at === all.length - 1, page, `${name}: ${at + 1} of ${all.length} sheets are on paper`);
  all.forEach((sheet, at) => {
    for (const word of sheet.words) {
      // A cell that goes on on the next paper may have others between its halves.
      const pieces = word.match(/.{1,24}/gsu) ?? [];
      const lost = pieces.filter((piece) => !words[at].includes(piece));
      site.must(lost.length <= Math.floor(pieces.length / 20) + (pieces.length > 4 ? 1 : 0), page, `${name}: ${sheet.id} lost “${lost[0]}”`);
    }
  });
  const text = papers.map((paper, at) => `== ${at + 1}/${papers.length}\n${paper.trim()}\n`).join("\n");
  const file = join(EXPECTED, `${name}.txt`);
  if (process.env.UPDATE === "1") {
    mkdirSync(EXPECTED, { recursive: true });
    writeFileSync(file, text);
    return;
  }
  const expected = existsSync(file) ? readFileSync(file, "utf8") : "";
  site.must(bare(expected) === bare(text), page, `${name}: other words on paper than in expected/${name}.txt: ${difference(bare(expected), bare(text))}`);
}

function difference(expected, said) {
  let at = 0;
  while (at < expected.length && expected[at] === said[at]) at += 1;
  return `“…${expected.slice(Math.max(0, at - 10), at + 30)}” is “…${said.slice(Math.max(0, at - 10), at + 30)}”`;
}
