// The panel in the corner: problems of the page, duties of its subject, and the number of messages elsewhere. It
// shows only what `show` receives. It is in a shadow tree, so that the theme's styles do not apply to it.
const kedangPanel = (() => {
  "use strict";
  const MEMORY = "kedang:panel";
  const { say, make, list, SIGNS } = kedangNotes;

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
  // The status page for a missing site already shows the reason, so the panel does not repeat it.
  const none = document.querySelector("main.kedang-none") !== null;
  let urgent = "", shown = "", first = true;

  badge.type = close.type = "button";
  [box.id, title.id, box.tabIndex] = ["kd-box", "kd-title", -1];
  badge.setAttribute("aria-controls", box.id);
  box.setAttribute("aria-labelledby", title.id);
  told.setAttribute("aria-live", "polite");
  host.lang = say("lang");
  box.hidden = badge.hidden = true;

  // Hidden until its style sheet has loaded: unstyled it would cover the page.
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

  // The messages of this page, and those elsewhere: the counts of the whole archive without this page's.
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

  // `state`: notes, trouble, sums, all, away. `link` turns the path of a page into an address.
  function show(state, link) {
    const { notes, away, all } = state;
    const trouble = none ? [] : state.trouble;
    // Unchanged content is not rendered again, so that focus and selection stay.
    const said = JSON.stringify([notes, trouble, state.sums, all, away]);
    if (said === shown) return;
    shown = said;
    const counts = count(state);
    const [kind, text] = face({ notes, trouble, away }, counts);
    const errors = notes.faults.filter((fault) => fault.severity === "error");
    // Messages that open the panel by themselves. Line numbers are left out: they change when something is written
    // above.
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
    // Screen readers read the initial content with the page; only changes are announced.
    if (!first) told.textContent = text || say("clean");
    first = false;
  }

  // For a reload: the scroll position, and whether the focus is inside.
  const state = () => ({ top: body.scrollTop, inside: Boolean(host.shadowRoot.activeElement) });
  function restore({ top, inside }) {
    body.scrollTop = top;
    if (inside) (isOpen() ? box : badge).focus({ preventScroll: true });
  }

  return { hang, show, state, restore };
})();
