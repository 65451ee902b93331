// The one ear of the browser: a stream of news from the program, told to every page that is open. It knows the news since it
// began to listen, for a page may say hello that was loaded just before one of them came.
"use strict";
const base = new URL(".", self.location.href);
// What it knows of each page: when somebody last looked at it, and whether it is in sight.
const pages = new Map();
const MOST = 200;
let recent = [];
// The generations between which every piece of news is in `recent`.
let since = null, known = null;
let away = false, gone = false;

const tell = (message) => { for (const port of pages.keys()) port.postMessage(message); };

function listen() {
  const source = new EventSource(new URL(`events?seen=${known}`, base));
  source.onopen = () => setAway(false);
  source.onmessage = ({ data }) => hear(JSON.parse(data));
  // A stream that comes again by itself would ask for what was new when it was first opened.
  source.onerror = () => {
    source.close();
    find();
  };
}

// Whether the program is there, and is the same: its addresses hold a token that is new with every start.
async function find() {
  let answer = null;
  try { answer = await fetch(self.location.href, { cache: "no-store" }); } catch {}
  if (answer?.status === 404) {
    gone = true;
    return tell({ gone });
  }
  // A moment even when it is there: it may be that it lets no more listeners in.
  setTimeout(answer?.ok ? listen : find, answer?.ok ? 300 : 500);
  if (!answer?.ok) setAway(true);
}

function setAway(is) {
  if (away === is) return;
  away = is;
  tell({ answer: { away } });
}

function hear(news) {
  // Told once more, after the stream was broken: only how things stand is new.
  if (news.generation <= known) news = { ...news, changed: [], follow: null };
  else {
    known = news.generation;
    recent.push(news);
    if (recent.length > MOST) since = recent.shift().generation;
  }
  const follower = news.follow ? last() : null;
  for (const port of pages.keys()) port.postMessage({ news, jumps: port === follower });
}

// The page somebody looks at, or looked at last: the one that follows.
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
    // The stream is broken too then, and says so.
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
