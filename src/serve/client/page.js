// A page of the preview: it loads itself again when what it shows has changed, puts new style sheets in the place of the old,
// goes to the record just saved if it is the one to follow, and has the panel show what is said beside it.
(() => {
  "use strict";
  const script = document.currentScript;
  const base = new URL(".", script.src);
  const page = script.dataset.page;
  // The site as this page shows it: what is older is no news to it.
  let generation = Number(script.dataset.generation);
  const state = { notes: { faults: [], duties: [] }, trouble: [], sums: {}, all: null, away: false };
  // What waits until somebody looks: the page is out of date; nobody has asked what is said beside it now.
  let stale = false, unasked = true;
  // When somebody last looked here: the last page looked at is the one that follows.
  let seenAt = 0;

  const isVisible = () => document.visibilityState === "visible";
  const addressOf = (name) => `/${name.split("/").map(encodeURIComponent).join("/")}`;
  // The name of an output of the site; none for what is ours or from elsewhere.
  function nameOf(address) {
    const { origin, pathname } = new URL(address, location.href);
    if (origin !== location.origin || pathname.startsWith("/_kedang/")) return "";
    try { return decodeURIComponent(pathname.slice(1)); } catch { return ""; }
  }

  // Whoever writes Chinese composes a word over several keys: the page is not taken away under it.
  let composing = false, leaving = false, next = null;
  function leave(go) {
    next = go;
    if (composing || leaving) return;
    leaving = true;
    go();
  }
  document.addEventListener("compositionstart", () => { composing = true; });
  document.addEventListener("compositionend", () => {
    composing = false;
    if (next) leave(next);
  });
  // A page that says there is none stands in the place of another, whose reader comes back to where he was.
  const missing = document.querySelector("main.kedang-small") !== null;
  // One that says why there is no site is another as soon as that changes.
  const none = document.querySelector("main.kedang-none") !== null;
  const again = () => leave(() => {
    if (!missing) kedangKeep.save({ state, seenAt, panel: kedangPanel.state() });
    location.reload();
  });
  function reload() {
    stale = true;
    if (isVisible()) again();
  }

  const sheets = () => [...document.querySelectorAll("link[rel~=stylesheet][href]")];

  // What the page is made of besides itself and its style sheets: what its elements name, and what was loaded by these.
  function parts() {
    const linked = new Set(sheets().map((link) => nameOf(link.href)));
    const named = [...document.querySelectorAll("[src],[data],link[href]")].map((element) => element.src || element.data || element.href);
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    return new Set([...named, ...loaded].filter((address) => typeof address === "string").map(nameOf).filter((name) => !linked.has(name)));
  }

  // The old sheet stays until the new one is there, so that the page never stands without.
  function swap(old) {
    const name = nameOf(old.href), link = old.cloneNode(), address = new URL(old.href);
    address.searchParams.set("kedang", generation);
    link.href = address;
    link.onload = () => {
      const same = sheets().filter((other) => nameOf(other.href) === name);
      same.slice(0, same.indexOf(link)).forEach((other) => other.remove());
    };
    // It is gone: the page shows how it looks without.
    link.onerror = reload;
    old.after(link);
  }

  function follow(changed) {
    const names = new Set(changed);
    if (!changed || none || names.has(page) || [...parts()].some((part) => names.has(part))) return reload();
    // Of one that is just being put in the place of another, the newer.
    const linked = new Map(sheets().map((link) => [nameOf(link.href), link]));
    for (const [name, link] of linked) if (names.has(name)) swap(link);
  }

  function hear(news, jumps) {
    if (jumps && news.follow && news.follow !== page) return leave(() => location.assign(addressOf(news.follow)));
    know(news);
    if (news.generation > generation) {
      generation = news.generation;
      follow(news.changed);
    }
    unasked = true;
    ask();
  }

  function know(answer) {
    for (const key in state) if (answer[key] !== undefined) state[key] = answer[key];
    kedangPanel.show(state, addressOf);
  }

  function ask() {
    if (!unasked || leaving || !isVisible()) return;
    unasked = false;
    voice.ask();
  }

  function look() {
    if (isVisible()) seenAt = Date.now();
    voice.look();
    if (stale) reload();
    ask();
  }

  // What a reload carried over.
  const [visit] = performance.getEntriesByType("navigation");
  const kept = visit?.type === "reload" && !missing ? kedangKeep.take() : null;
  if (!missing) kedangKeep.drop();
  if (kept) seenAt = kept.more.seenAt;
  else if (isVisible()) seenAt = Date.now();
  kedangPanel.hang(new URL("panel.css", base));
  if (kept) {
    know(kept.more.state);
    kedangPanel.restore(kept.more.panel);
  }
  // Not before the theme's own scripts have made of the page what the reader saw.
  document.addEventListener("DOMContentLoaded", () => kept && kedangKeep.restore(kept), { once: true });

  const voice = kedangVoice(base, page, { generation: () => generation, seenAt: () => seenAt, hear, know, gone: again });
  ask();
  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    [leaving, unasked] = [false, true];
    look();
  });
})();
