// Saves what a reader did to a page and restores it after a reload: scroll positions, open sections, form values, sort
// orders of tables, focus and caret. Does not depend on why the page is reloaded.
const kedangRestore = (() => {
  "use strict";
  const SHELF = `kedang:kept:${location.pathname}`;
  // Elements that can anchor the scroll position. Table heads are left out: they stay visible while the page scrolls.
  const PLACES = "h1,h2,h3,h4,h5,h6,p,li,dt,dd,tbody tr,summary,pre,figure,img,article,section";
  const BOXES = "input:not([type=file],[type=password],[type=hidden],[type=submit],[type=button],[type=reset]),select,textarea";
  const PANEL = "kedang-panel";

  // Text that identifies an element in the next version of the page.
  function said(element) {
    switch (element.localName) {
      case "details": return element.querySelector("summary")?.textContent ?? "";
      case "input": case "select": case "textarea":
        return [element.type, element.name, element.getAttribute("aria-label"), element.dataset.filter, element.type === "radio" && element.value].join();
      case "img": return element.getAttribute("src") ?? "";
      default: return element.textContent.slice(0, 120);
    }
  }

  // Describes how to find an element again: by its id, else by its identifying text among elements with the same tag
  // name within the nearest ancestor with an id, and the number of equal ones before it.
  function mark(element) {
    if (element.id) return { id: element.id };
    const home = element.parentElement?.closest("[id]");
    const like = [...(home ?? document).querySelectorAll(element.localName)];
    const says = said(element);
    const twins = like.filter((other) => said(other) === says);
    return { home: home?.id ?? "", tag: element.localName, says, nth: twins.indexOf(element), at: like.indexOf(element) };
  }

  // Finds a described element. `strictly`: only one with the same text, not merely one at the same index.
  function find(mark, strictly) {
    if (mark.id) return document.getElementById(mark.id);
    const home = (mark.home && document.getElementById(mark.home)) || document;
    const like = [...home.querySelectorAll(mark.tag)];
    const twins = like.filter((other) => said(other) === mark.says);
    return twins[Math.min(mark.nth, twins.length - 1)] ?? (strictly ? null : like[mark.at]) ?? null;
  }

  const each = (selector, use) => [...document.querySelectorAll(selector)].flatMap((element) => use(element) ?? []);

  // Visible elements from the top of the window, each with its distance from there. Several, because the first may be
  // the one that was edited. None if the page is not scrolled: it stays at its beginning.
  function places() {
    if (window.scrollY < 1) return [];
    const inside = [], across = [];
    for (const element of (document.querySelector("main") ?? document.body).querySelectorAll(PLACES)) {
      const { top, bottom, height } = element.getBoundingClientRect();
      if (!height || bottom <= 0 || top >= window.innerHeight) continue;
      if (top < 0) across.push({ element, top });
      else if (inside.push({ element, top }) === 6) break;
    }
    // Elements that begin above the window are less precise; of these, the innermost are the most precise.
    return [...inside, ...across.reverse().slice(0, 4)].map(({ element, top }) => ({ top, ...mark(element) }));
  }

  function boxes(box) {
    if (box.type === "checkbox" || box.type === "radio") {
      return box.checked === box.defaultChecked ? null : { ...mark(box), checked: box.checked };
    }
    const { value } = box;
    const asMade = box.localName === "select" ? [...box.options].find((option) => option.defaultSelected)?.value ?? box.options[0]?.value : box.defaultValue;
    return value === asMade ? null : { ...mark(box), value };
  }

  function focus() {
    const element = document.activeElement;
    if (!element || element === document.body || element.localName === PANEL) return null;
    const caret = "selectionStart" in element ? [element.selectionStart, element.selectionEnd, element.selectionDirection] : null;
    return { ...mark(element), caret };
  }

  // `more`: further data to carry over.
  function save(more) {
    const kept = {
      more,
      y: window.scrollY,
      places: places(),
      details: each("details", (details) => ({ ...mark(details), open: details.open })),
      boxes: each(BOXES, boxes),
      sorted: each("th[aria-sort=ascending],th[aria-sort=descending]", (head) => ({ ...mark(head), order: head.getAttribute("aria-sort") })),
      scrolled: each("body *", (element) => {
        const { scrollLeft: x, scrollTop: y } = element;
        return x || y ? { ...mark(element), x, y } : null;
      }),
      focus: focus(),
    };
    // If storage is disabled or full, only the reader's position is lost.
    try { sessionStorage.setItem(SHELF, JSON.stringify(kept)); } catch {}
  }

  function take() {
    try { return JSON.parse(sessionStorage.getItem(SHELF)); } catch { return null; }
  }

  function drop() {
    try { sessionStorage.removeItem(SHELF); } catch {}
  }

  function scroll(kept) {
    for (const place of kept.places) {
      const top = find(place, true)?.getBoundingClientRect();
      // An element that is now folded or filtered away has no height.
      if (!top?.height) continue;
      // Instantly, because a theme may set smooth scrolling.
      window.scrollBy({ top: top.top - place.top, behavior: "instant" });
      return;
    }
    window.scrollTo({ top: kept.y, behavior: "instant" });
  }

  // Clicks and dispatches events like a user, so that the theme's own scripts react.
  function restore(kept) {
    for (const one of kept.details) {
      const details = find(one);
      if (details && details.open !== one.open) details.open = one.open;
    }
    for (const one of kept.sorted) {
      const head = find(one);
      const button = head?.querySelector("button") ?? head;
      for (let clicks = 0; head && clicks < 3 && head.getAttribute("aria-sort") !== one.order; clicks += 1) button.click();
    }
    for (const one of kept.boxes) {
      const box = find(one);
      if (!box) continue;
      if ("checked" in one) box.checked = one.checked;
      else box.value = one.value;
      for (const happens of ["input", "change"]) box.dispatchEvent(new Event(happens, { bubbles: true }));
    }
    for (const one of kept.scrolled) {
      const element = find(one);
      if (element) [element.scrollLeft, element.scrollTop] = [one.x, one.y];
    }
    const element = kept.focus && find(kept.focus);
    if (element) {
      element.focus({ preventScroll: true });
      // Some inputs do not allow setting the caret.
      try { if (kept.focus.caret) element.setSelectionRange(...kept.focus.caret); } catch {}
    }
    scroll(kept);
    // Images and the browser's own scroll restoration may move the page: scroll again, unless the reader already has.
    let moved = false;
    for (const moves of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      window.addEventListener(moves, () => { moved = true; }, { once: true, passive: true });
    }
    const again = () => moved || scroll(kept);
    window.addEventListener("load", () => { again(); requestAnimationFrame(again); }, { once: true });
  }

  return { save, take, drop, restore };
})();
