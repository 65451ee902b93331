// Connects a page to the server. One shared worker subscribes to updates for all pages of the browser: a browser
// opens six connections to a server, and a page with its own subscription would occupy one of them. Without a shared
// worker, or if it does not answer, the page polls while it is visible. Its content security policy forbids `fetch`
// but allows scripts, so the response is a script.
//
// `ears`: callbacks of the page. `generation()` and `seenAt()` return its state. `hear(news, jumps)` receives an
// update, with whether this page follows; `know(answer)` receives messages; `gone()` is called when the program was
// restarted.
const kedangConnection = (base, page, ears) => {
  "use strict";
  const isVisible = () => document.visibilityState === "visible";
  const look = () => ({ seenAt: ears.seenAt(), visible: isVisible() });

  function throughWorker(failed) {
    const worker = new SharedWorker(new URL("worker.js", base), "kedang");
    const { port } = worker;
    const patience = setTimeout(fail, 5000);
    function fail() {
      clearTimeout(patience);
      port.onmessage = null;
      port.close();
      failed();
    }
    worker.onerror = fail;
    port.onmessage = ({ data }) => {
      clearTimeout(patience);
      if (data.news) ears.hear(data.news, data.jumps);
      if (data.answer) ears.know(data.answer);
      if (data.gone) ears.gone();
    };
    const hello = () => port.postMessage({ hello: { generation: ears.generation(), ...look() } });
    hello();
    // A worker does not notice that a page is closed; a page restored from the browser's back/forward cache registers
    // again.
    window.addEventListener("pagehide", () => port.postMessage({ bye: true }));
    window.addEventListener("pageshow", ({ persisted }) => persisted && hello());
    return { ask: () => port.postMessage({ ask: page }), look: () => port.postMessage({ look: look() }) };
  }

  function byItself() {
    const LAST = "kedang:last";
    let timer = 0, asking = false;
    const isLast = () => {
      try { return localStorage.getItem(LAST) === String(ears.seenAt()); } catch { return true; }
    };
    window.kedangHear = (answer) => {
      for (const news of answer.news) ears.hear(news, Boolean(news.follow) && isLast());
      ears.know({ ...answer, away: false });
    };
    function ask() {
      if (asking || !isVisible()) return;
      asking = true;
      clearTimeout(timer);
      const script = document.createElement("script");
      const address = new URL("poll.js", base);
      address.search = new URLSearchParams({ page, seen: ears.generation() });
      script.src = address;
      const done = () => {
        script.remove();
        asking = false;
        timer = setTimeout(ask, 1000);
      };
      script.onload = done;
      script.onerror = () => {
        ears.know({ away: true });
        isBack();
        done();
      };
      document.head.append(script);
    }
    // A failed script does not tell whether the program stopped or was restarted with another token. A style sheet of
    // the site does: if it loads, the program was restarted.
    function isBack() {
      const sheet = document.querySelector("link[rel~=stylesheet][href]:not([href*=_kedang])");
      if (!sheet) return;
      const probe = document.createElement("link");
      const address = new URL(sheet.href);
      address.searchParams.set("kedang", Date.now());
      [probe.rel, probe.media, probe.href] = ["stylesheet", "not all", address];
      probe.onload = () => { probe.remove(); ears.gone(); };
      probe.onerror = () => probe.remove();
      document.head.append(probe);
    }
    function look() {
      try { if (isVisible()) localStorage.setItem(LAST, String(ears.seenAt())); } catch {}
      ask();
    }
    look();
    return { ask, look };
  }

  let voice;
  try { voice = throughWorker(() => { voice = byItself(); }); } catch { voice = byItself(); }
  return { ask: () => voice.ask(), look: () => voice.look() };
};
