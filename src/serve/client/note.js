// Texts of the panel from the catalogue, and the elements of a problem or duty: message, location, editor link, source
// line, help. Content of the archive becomes text nodes, never markup.
const kedangNotes = (() => {
  "use strict";
  const SIGNS = { error: "✕", warning: "!", info: "i" };
  // Schemes of links that would run something in the page instead of opening an editor.
  const UNSAFE = new Set(["javascript:", "data:", "vbscript:", "blob:", "filesystem:", "about:", "view-source:"]);

  function say(key, values = {}) {
    const text = KEDANG_TEXTS[`serve.${key}`] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  // Creates an element with class `name`. Strings among the children become text nodes.
  function make(tag, name, ...children) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  // The source line with the word at the column marked; of a long line only the part around it.
  function source({ source, line, column }) {
    if (!source) return null;
    const chars = [...source], at = Math.max(column - 1, 0), from = at > 80 ? at - 40 : 0, to = Math.max(at + 60, 120);
    const rest = chars.slice(at).join("");
    const word = /^(?:\p{Script=Han}{1,8}|[\p{L}\p{N}_.-]{1,24})/u.exec(rest)?.[0] ?? chars[at] ?? " ";
    const after = at + [...word].length;
    const place = column > 0 ? make("mark", "", word) : word;
    return make("pre", "", make("i", "", line ? `${line} ` : ""), from ? "…" : "", chars.slice(from, at).join(""), place,
      chars.slice(after, to).join(""), chars.length > to ? "…" : "");
  }

  function opens(address) {
    let scheme;
    try { scheme = new URL(address).protocol; } catch { return null; }
    if (UNSAFE.has(scheme)) return null;
    const link = make("a", "kd-edit", say("edit"));
    link.href = address;
    return link;
  }

  function note(one) {
    const severity = SIGNS[one.severity] ? one.severity : "info";
    const kind = make("b", "", make("span", "kd-sign", SIGNS[severity]), say(severity));
    kind.firstChild.setAttribute("aria-hidden", "true");
    const where = [one.path, one.line || null, one.line && one.column || null].filter(Boolean).join(":");
    return make("li", `kd-${severity}`,
      make("p", "", kind, " ", one.message, " ", make("small", "", one.code)),
      where || one.open ? make("p", "kd-where", where && make("code", "", where), " ", one.open ? opens(one.open) : null) : null,
      source(one),
      one.help.length ? make("ul", "kd-help", ...one.help.map((line) => make("li", "", line))) : null);
  }

  function list(name, notes, ...more) {
    return notes.length ? make("section", `kd-${name}`, make("h3", "", say(name)), make("ol", "", ...notes.map(note)), ...more) : null;
  }

  return { say, make, list, SIGNS };
})();
