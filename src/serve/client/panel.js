// The panel in the corner: what is wrong with the record at hand, what is due, how much is wrong elsewhere. It is handed all
// it shows. It lives in a shadow tree, where no theme reaches it.
const kedangPanel = (() => {
  "use strict";
  const MEMORY = "kedang:panel";
  const { say, make, list, SIGNS } = kedangNote;

  const memory = (() => {
    try { return JSON.parse(sessionStorage.getItem(MEMORY)) ?? {}; } catch { return {}; }
  })();
  function remember(change) {
    Object.assign(memory, change);
    try { sessionStorage.setItem(MEMORY, JSON.stringify(memory)); } catch {}
  }

  const badge = make("button", "kd-badge");
  const title = make("h2", "", say("panel"));
  const close = make("button", "kd-close", say("close"));
  const body = make("div", "kd-body");
  const box = make("section", "kd-box", make("header", "", title, close), body);
  const told = make("p", "kd-told");
  const host = document.createElement("kedang-panel");
  // Why there is no site is said by the page that stands in its place, and not once more.
  const none = document.querySelector("main.kedang-none") !== null;
  let urgent = "", shown = "", first = true;

  badge.type = close.type = "button";
  [box.id, title.id, box.tabIndex] = ["kd-box", "kd-title", -1];
  badge.setAttribute("aria-controls", box.id);
  box.setAttribute("aria-labelledby", title.id);
  told.setAttribute("aria-live", "polite");
  host.lang = say("lang");
  box.hidden = badge.hidden = true;

  // Unstyled it would stand all over the page.
  host.style.display = "none";
  function hang(sheet) {
    const link = document.createElement("link");
    [link.rel, link.href] = ["stylesheet", sheet];
    link.onload = link.onerror = () => host.style.removeProperty("display");
    host.attachShadow({ mode: "open" }).append(link, make("div", "kd", told, box, badge));
    document.body.append(host);
  }

  const isOpen = () => Boolean(memory.opened || (urgent && memory.closed !== urgent));
  function lay() {
    const open = isOpen() && !(none && badge.hidden);
    box.hidden = !open;
    badge.setAttribute("aria-expanded", String(open));
  }
  badge.addEventListener("click", () => {
    if (isOpen()) return shut();
    remember(urgent ? { closed: "" } : { opened: true });
    lay();
    box.focus();
  });
  function shut() {
    remember({ opened: false, closed: urgent });
    lay();
    badge.focus();
  }
  close.addEventListener("click", shut);
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(); });

  const WORST = ["error", "warning", "info"];
  const sum = (counts) => ["errors", "warnings", "infos", "findings"].filter((kind) => counts[kind] > 0).map((kind) => say(kind, { n: counts[kind] })).join(say("and"));

  // What is here, and what is elsewhere: the archive's figures without it.
  function count({ notes, sums }) {
    const many = (severity) => notes.faults.filter((fault) => fault.severity === severity).length;
    const here = { errors: many("error"), warnings: many("warning"), infos: many("info"), findings: notes.duties.length };
    const rest = {};
    for (const kind in here) rest[kind] = Math.max(0, (sums[kind] ?? 0) - here[kind]);
    return { here: sum(here), rest: sum(rest) };
  }

  function face({ notes, trouble, away }, { here, rest }) {
    if (trouble.length) return ["trouble", `${SIGNS.error} ${say("trouble")}`];
    if (away) return ["away", say("away")];
    if (here) return [WORST.find((worst) => notes.faults.some((fault) => fault.severity === worst)) ?? "duty", here];
    return rest ? ["rest", `${say("whole")} ${rest}`] : ["", ""];
  }

  // `state`: notes, trouble, sums, all, away; `link` turns a page into an address.
  function show(state, link) {
    const { notes, away, all } = state;
    const trouble = none ? [] : state.trouble;
    // As long as it says the same, its links and what is selected in it stay as they are.
    const said = JSON.stringify([notes, trouble, state.sums, all, away]);
    if (said === shown) return;
    shown = said;
    const counts = count(state);
    const [kind, text] = face({ notes, trouble, away }, counts);
    const errors = notes.faults.filter((fault) => fault.severity === "error");
    // What opens the panel by itself. Lines are left out of it: they move when something is written above them.
    urgent = trouble.length || errors.length ? JSON.stringify([...trouble, ...errors].map((one) => [one.code, one.message, one.path])) : "";
    const clean = !none && !trouble.length && !away && !notes.faults.length && !notes.duties.length;
    const rest = counts.rest ? make(all ? "a" : "span", "", say("rest", { sums: counts.rest })) : null;
    if (rest && all) rest.href = link(all);
    const { scrollTop } = body;
    body.replaceChildren(...[
      list("trouble", trouble, make("p", "", say("stays"))),
      away ? make("section", "kd-away", make("h3", "", say("away")), make("p", "", say("away-help"))) : null,
      list("faults", notes.faults),
      list("duties", notes.duties),
      clean ? make("p", "kd-clean", say("clean")) : null,
      rest && make("p", "kd-rest", rest),
    ].filter(Boolean));
    body.scrollTop = scrollTop;
    badge.className = `kd-badge kd-is-${kind}`;
    badge.textContent = text;
    badge.hidden = !text;
    lay();
    // What stands there when the page opens is read with the page; only what is new is said aloud.
    if (!first) told.textContent = text || say("clean");
    first = false;
  }

  // For a reload: how far it is scrolled, and whether the keyboard is in it.
  const state = () => ({ top: body.scrollTop, inside: Boolean(host.shadowRoot.activeElement) });
  function restore({ top, inside }) {
    body.scrollTop = top;
    if (inside) (isOpen() ? box : badge).focus({ preventScroll: true });
  }

  return { hang, show, state, restore };
})();
