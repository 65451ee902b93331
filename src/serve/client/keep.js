// What a reader has done to a page, carried over a reload: where it is scrolled to, which sections are open, what stands in
// its boxes, how its tables are sorted, where the caret is. Nothing here knows why a page is loaded again.
const kedangKeep = (() => {
  "use strict";
  const SHELF = `kedang:kept:${location.pathname}`;
  // What may hold the place where a reader reads. Heads of tables stay in sight by themselves, so they say nothing.
  const PLACES = "h1,h2,h3,h4,h5,h6,p,li,dt,dd,tbody tr,summary,pre,figure,img,article,section";
  const BOXES = "input:not([type=file],[type=password],[type=hidden],[type=submit],[type=button],[type=reset]),select,textarea";
  const PANEL = "kedang-panel";

  // What an element says of itself, to be known by in the next version of the page.
  function said(element) {
    switch (element.localName) {
      case "details": return element.querySelector("summary")?.textContent ?? "";
      case "input": case "select": case "textarea":
        return [element.type, element.name, element.getAttribute("aria-label"), element.dataset.filter, element.type === "radio" && element.value].join();
      case "img": return element.getAttribute("src") ?? "";
      default: return element.textContent.slice(0, 120);
    }
  }

  // How to find an element again: by its id, else by what it says among its like within the nearest ancestor that has an id,
  // and how many of them say the same before it.
  function mark(element) {
    if (element.id) return { id: element.id };
    const home = element.parentElement?.closest("[id]");
    const like = [...(home ?? document).querySelectorAll(element.localName)];
    const says = said(element);
    const twins = like.filter((other) => said(other) === says);
    return { home: home?.id ?? "", tag: element.localName, says, nth: twins.indexOf(element), at: like.indexOf(element) };
  }

  // `strictly`: only one that says the same, not one that merely stands where it stood.
  function find(mark, strictly) {
    if (mark.id) return document.getElementById(mark.id);
    const home = (mark.home && document.getElementById(mark.home)) || document;
    const like = [...home.querySelectorAll(mark.tag)];
    const twins = like.filter((other) => said(other) === mark.says);
    return twins[Math.min(mark.nth, twins.length - 1)] ?? (strictly ? null : like[mark.at]) ?? null;
  }

  const each = (selector, use) => [...document.querySelectorAll(selector)].flatMap((element) => use(element) ?? []);

  // What is in sight, from the top of the window on, each with its distance from there. Several, because the first of them may
  // be the very thing that was edited. A page that is not scrolled has none: it stays at its beginning.
  function places() {
    if (window.scrollY < 1) return [];
    const inside = [], across = [];
    for (const element of (document.querySelector("main") ?? document.body).querySelectorAll(PLACES)) {
      const { top, bottom, height } = element.getBoundingClientRect();
      if (!height || bottom <= 0 || top >= window.innerHeight) continue;
      if (top < 0) across.push({ element, top });
      else if (inside.push({ element, top }) === 6) break;
    }
    // What begins above the window says less, and the innermost of it says most.
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

  // `more` is what others want carried over.
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
    // A browser that stores nothing, or no more, forgets where the reader was; it shows the page all the same.
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
      // What is folded or filtered away now has no place.
      if (!top?.height) continue;
      // Instantly: a theme may have set the page to glide.
      window.scrollBy({ top: top.top - place.top, behavior: "instant" });
      return;
    }
    window.scrollTo({ top: kept.y, behavior: "instant" });
  }

  // The theme's own scripts hear of it as if the reader had done it again.
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
      // Some boxes that have a caret do not let it be set.
      try { if (kept.focus.caret) element.setSelectionRange(...kept.focus.caret); } catch {}
    }
    scroll(kept);
    // Images and the browser's own memory may move the page once more, unless the reader has moved it already.
    let moved = false;
    for (const moves of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      window.addEventListener(moves, () => { moved = true; }, { once: true, passive: true });
    }
    const again = () => moved || scroll(kept);
    window.addEventListener("load", () => { again(); requestAnimationFrame(again); }, { once: true });
  }

  return { save, take, drop, restore };
})();
