// Every page: nothing fails, nothing is asked of the outside, nothing runs off the side of a phone, headings skip no level,
// tables of a desk are seen whole.
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

// Elements that reach beyond the window and are not inside a box of their own that scrolls.
function overflow() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const scrolls = (element) => element && (/auto|scroll|hidden/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const wide = [...document.body.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element.parentElement),
  );
  const shown = wide.slice(0, 3).map((element) => `<${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 30)}`);
  return `${document.documentElement.scrollWidth} px: ${shown.join(" | ")}`;
}

// Headings that are more than one level below the one before.
function gaps() {
  const heads = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const level = (head) => (head ? Number(head.localName[1]) : 0);
  return heads.filter((head, at) => level(head) > level(heads[at - 1]) + 1).map((head) => `<${head.localName}> ${head.textContent}`).join(" | ");
}

// Tables of which a part is out of sight.
function cut() {
  const boxes = [...document.querySelectorAll(".scroll")].filter((box) => box.scrollWidth > box.clientWidth + 1);
  return boxes.map((box) => `${box.scrollWidth} px: ${box.textContent.trim().slice(0, 30)}`).join(" | ");
}

export default async function look(site) {
  await site.window({ viewport: DESK }, async (tab, go) => {
    for (const page of site.pages()) {
      await go(page);
      const skipped = await tab.evaluate(gaps);
      site.must(!skipped, page, `skips a level before ${skipped}`);
      const hidden = await tab.evaluate(cut);
      site.must(!hidden, page, `a table is cut off on a desk: ${hidden}`);
      for (const size of [DESK, PHONE]) {
        await tab.setViewportSize(size);
        const wide = await tab.evaluate(overflow);
        site.must(!wide, page, `wider than ${size.width}: ${wide}`);
      }
      const styled = await tab.evaluate(() => getComputedStyle(document.querySelector("main")).maxWidth !== "none");
      site.must(styled, page, "has no style");
      await tab.setViewportSize(DESK);
    }
  });
}
