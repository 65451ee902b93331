// On paper: every sheet of a dossier carries the mark of secrecy, its edition and its number, and nothing that is clicked;
// nothing is wider than the paper, and a table that goes on has its heads on every sheet.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// A4 without its margins, upright and on its side, in the pixels of a style sheet.
const PAPER = { auto: 695, wide: 1024 };

// What reaches beyond the paper: a browser prints all of the page smaller, or cuts it.
function beyond(width) {
  const wide = [...document.querySelectorAll("main *, .top *")].filter((element) => element.getBoundingClientRect().right > width + 1);
  return wide.slice(0, 3).map((element) => `<${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 30)}`).join(" | ");
}

export default async function look(site) {
  const folder = mkdtempSync(join(tmpdir(), "kedang-print-"));
  try {
    await site.window({}, async (tab, go) => {
      for (const page of site.kinds()) {
        await go(page);
        const heading = await tab.locator("h1").innerText();
        const pdf = join(folder, "print.pdf");
        // As the print dialog does it: `tab.pdf` would insist on margins of its own.
        const debug = await tab.context().newCDPSession(tab);
        const { data } = await debug.send("Page.printToPDF", { preferCSSPageSize: true });
        writeFileSync(pdf, Buffer.from(data, "base64"));
        const sheets = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
        const bare = (text) => text.replace(/\s+/g, "");
        // Its beginning: what is set beside it is read in another order.
        site.must(bare(sheets[0]).includes(bare(heading).slice(0, 4)), page, `“${heading}” is not on paper`);
        const heads = await tab.evaluate(() => [...document.querySelectorAll("#rows thead th")].map((head) => head.textContent).join(""));
        sheets.forEach((sheet, at) => {
          site.must(at === sheets.length - 1 || bare(sheet).includes(bare(heads)), page, `no heads on sheet ${at + 1}`);
          site.must(/商业秘密·.+·密级.+·/.test(bare(sheet)), page, `no mark of secrecy on sheet ${at + 1}`);
          site.must(bare(sheet).includes(`有限公司${at + 1}/${sheets.length}`), page, `no number on sheet ${at + 1} of ${sheets.length}`);
        });
        await tab.emulateMedia({ media: "print" });
        site.must((await tab.locator("nav:visible, input:visible, button:visible:has(svg)").count()) === 0, page, "prints what is clicked");
        const width = PAPER[await tab.evaluate(() => getComputedStyle(document.body).page)];
        await tab.setViewportSize({ width, height: 900 });
        const wide = await tab.evaluate(beyond, width);
        site.must(!wide, page, `wider than paper of ${width}: ${wide}`);
        await tab.setViewportSize({ width: 1280, height: 900 });
        await tab.emulateMedia({ media: "screen" });
      }
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
