// Keeps a page of the preview up to date: reloads it when an output it uses changed, replaces changed style sheets
// without a reload, follows to the page of the record just saved, and passes messages to the panel.
(() => {
  "use strict";
  const script = document.currentScript;
  const base = new URL(".", script.src);
  const page = script.dataset.page;
  // The generation of the site that this page shows: older updates do not concern it.
  let generation = Number(script.dataset.generation);
  const state = { notes: { faults: [], duties: [] }, trouble: [], sums: {}, all: null, away: false };
  // Work deferred until the page is visible. `stale`: a reload is due; `unasked`: its messages must be requested.
  let stale = false, unasked = true;
  // When this page was last looked at; of all pages, the one looked at last follows.
  let seenAt = 0;

  const isVisible = () => document.visibilityState === "visible";
  const addressOf = (name) => `/${name.split("/").map(encodeURIComponent).join("/")}`;
  // The path of an output of the site; empty for internal resources and other origins.
  function nameOf(address) {
    const { origin, pathname } = new URL(address, location.href);
    if (origin !== location.origin || pathname.startsWith("/_kedang/")) return "";
    try { return decodeURIComponent(pathname.slice(1)); } catch { return ""; }
  }

  // Chinese input composes a word over several keys: leaving the page waits for its end.
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
  // A status page in place of another page: it neither saves nor removes the position of that page, which stays valid
  // for when it appears.
  const missing = document.querySelector("main.kedang-small") !== null;
  // A status page that says why there is no site: every update may change it, so every update reloads it.
  const none = document.querySelector("main.kedang-none") !== null;
  const again = () => leave(() => {
    if (!missing) kedangRestore.save({ state, seenAt, panel: kedangPanel.state() });
    location.reload();
  });
  function reload() {
    stale = true;
    if (isVisible()) again();
  }

  const sheets = () => [...document.querySelectorAll("link[rel~=stylesheet][href]")];

  // Outputs that the page uses besides itself and its style sheets: named by its elements, or loaded for them.
  function parts() {
    const linked = new Set(sheets().map((link) => nameOf(link.href)));
    const named = [...document.querySelectorAll("[src],[data],link[href]")].map((element) => element.src || element.data || element.href);
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    return new Set([...named, ...loaded].filter((address) => typeof address === "string").map(nameOf).filter((name) => !linked.has(name)));
  }

  // Replaces a style sheet. The old one stays until the new one has loaded, so that the page is never unstyled.
  function swap(old) {
    const name = nameOf(old.href), link = old.cloneNode(), address = new URL(old.href);
    address.searchParams.set("kedang", generation);
    link.href = address;
    link.onload = () => {
      const same = sheets().filter((other) => nameOf(other.href) === name);
      same.slice(0, same.indexOf(link)).forEach((other) => other.remove());
    };
    // The sheet was removed: the reload shows the page without it.
    link.onerror = reload;
    old.after(link);
  }

  function follow(changed) {
    const names = new Set(changed);
    if (!changed || none || names.has(page) || [...parts()].some((part) => names.has(part))) return reload();
    // Of a sheet that is being replaced, the newer element.
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

  // State carried over by the reload.
  const [visit] = performance.getEntriesByType("navigation");
  const kept = visit?.type === "reload" && !missing ? kedangRestore.take() : null;
  if (!missing) kedangRestore.drop();
  if (kept) seenAt = kept.more.seenAt;
  else if (isVisible()) seenAt = Date.now();
  kedangPanel.hang(new URL("panel.css", base));
  if (kept) {
    know(kept.more.state);
    kedangPanel.restore(kept.more.panel);
  }
  // After the theme's own scripts have changed the page to what the reader saw.
  document.addEventListener("DOMContentLoaded", () => kept && kedangRestore.restore(kept), { once: true });

  const voice = kedangConnection(base, page, { generation: () => generation, seenAt: () => seenAt, hear, know, gone: again });
  ask();
  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    [leaving, unasked] = [false, true];
    look();
  });
})();
