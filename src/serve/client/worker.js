// The shared worker of a browser: subscribes to updates and forwards them to all open pages. It stores recent updates,
// because a page may register after an update that came after the page was loaded.
"use strict";
const base = new URL(".", self.location.href);
// By port of a page: when it was last looked at (`seenAt`), and whether it is visible.
const pages = new Map();
const MOST = 200;
let recent = [];
// Every update after generation `since` up to `known` is in `recent`.
let since = null, known = null;
let away = false, gone = false;

const tell = (message) => { for (const port of pages.keys()) port.postMessage(message); };

function listen() {
  const source = new EventSource(new URL(`events?seen=${known}`, base));
  source.onopen = () => setAway(false);
  source.onmessage = ({ data }) => hear(JSON.parse(data));
  // A stream that reconnects by itself would request updates since the generation of its first connection.
  source.onerror = () => {
    source.close();
    find();
  };
}

// Checks whether the program runs, and is the same: its addresses contain a token that is new at every start.
async function find() {
  let answer = null;
  try { answer = await fetch(self.location.href, { cache: "no-store" }); } catch {}
  if (answer?.status === 404) {
    gone = true;
    return tell({ gone });
  }
  // A delay even if it runs: it may refuse more subscribers.
  setTimeout(answer?.ok ? listen : find, answer?.ok ? 300 : 500);
  if (!answer?.ok) setAway(true);
}

function setAway(is) {
  if (away === is) return;
  away = is;
  tell({ answer: { away } });
}

function hear(news) {
  // Repeated after a broken connection: only counts and troubles may be new.
  if (news.generation <= known) news = { ...news, changed: [], follow: null };
  else {
    known = news.generation;
    recent.push(news);
    if (recent.length > MOST) since = recent.shift().generation;
  }
  const follower = news.follow ? last() : null;
  for (const port of pages.keys()) port.postMessage({ news, jumps: port === follower });
}

// The port of the page that follows: a visible one before others, then the one looked at last.
function last() {
  const order = ([, a], [, b]) => a.visible - b.visible || a.seenAt - b.seenAt;
  return [...pages].sort(order).at(-1)?.[0];
}

function greet(port, { generation, ...look }) {
  pages.set(port, look);
  if (gone) return port.postMessage({ gone });
  if (known === null) {
    known = since = generation;
    listen();
  }
  port.postMessage({ answer: { away } });
  const missed = generation < since ? [{ generation: known, changed: null }] : recent.filter((news) => news.generation > generation);
  for (const news of missed) port.postMessage({ news, jumps: false });
}

async function ask(port, page) {
  const address = new URL("notes", base);
  address.search = new URLSearchParams({ page });
  try {
    const answer = await fetch(address);
    if (answer.ok) port.postMessage({ answer: await answer.json() });
  } catch {
    // Then the stream fails too, and its error is handled.
  }
}

self.onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (data.hello) greet(port, data.hello);
    if (data.look) pages.set(port, data.look);
    if (data.ask !== undefined) ask(port, data.ask);
    if (data.bye) pages.delete(port);
  };
};
