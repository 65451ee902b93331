// The desk somebody writes at: an archive with a theme of its own, the program that serves it, and browser windows.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { Faults } from "../run.mjs";

// Whatever is waited for has come by then, on a busy machine too.
const LIMIT = 60_000;
export const DESK = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

const pause = (time) => new Promise((done) => setTimeout(done, time));

// Waits until something is so, and gives it. A page that is just being loaded again cannot be asked; it is asked once more.
export async function until(what, so) {
  const end = Date.now() + LIMIT;
  let last;
  while (Date.now() < end) {
    try {
      const got = await Promise.race([so(), pause(end - Date.now())]);
      if (got) return got;
    } catch (error) {
      last = error;
    }
    await pause(30);
  }
  throw new Error(`it never came about that ${what}`, { cause: last });
}

// Asks a page once it is there; one that is just being loaded again, once more.
export const ask = async (tab, what, told) =>
  (await until(`${tab.url()} can be asked`, async () => {
    const ready = await tab.evaluate(() => document.readyState === "complete");
    return ready && [await tab.evaluate(what, told)];
  }))[0];

// A door that nobody else takes while the program is away: not one of those that are tried one after the other, nor of those
// that the system gives out.
export async function door() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer();
    const free = await new Promise((done) => server.once("error", () => done(false)).listen(port, "127.0.0.1", () => done(true)));
    await new Promise((done) => server.close(done));
    if (free) return String(port);
  }
}

export class Desk extends Faults {
  said = "";

  constructor(browser, program, home, asOf) {
    super();
    // As the program tells it: without links in it.
    Object.assign(this, { browser, program, home: realpathSync(home), asOf });
    process.on("exit", () => this.child?.kill());
  }

  // Starts the program, and waits until it says where the site is to be seen.
  async serve(...more) {
    const line = ["serve", "--lang", "zh", "--as-of", this.asOf, "--root", this.home, "--out", join(this.home, "public"), ...more];
    const child = spawn(this.program, line, { cwd: this.home, stdio: ["ignore", "pipe", "pipe"] });
    [this.child, this.said] = [child, ""];
    this.ended = new Promise((done) => child.on("exit", done));
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => { this.said += text; });
    this.base = await until("the program says where the site is", async () => /http:\/\/127\.0\.0\.1:\d+\//.exec(this.said)?.[0]);
    return this.base;
  }

  get port() {
    return new URL(this.base).port;
  }

  // Ctrl-C.
  async stop() {
    this.child.kill("SIGINT");
    await Promise.race([this.ended, pause(LIMIT)]);
    this.must(this.child.exitCode === 0, "the program", `ended with ${this.child.exitCode}: ${this.said}`);
  }

  async close() {
    this.child?.kill();
    await Promise.race([this.ended, pause(LIMIT)]);
  }

  path(file) {
    return join(this.home, ...file.split("/"));
  }

  read(file) {
    return readFileSync(this.path(file), "utf8");
  }

  write(file, text) {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  remove(file) {
    rmSync(this.path(file), { recursive: true });
  }

  // Saves a file with something else in the place of what stands there; gives what stood in it before.
  edit(file, from, to) {
    const before = this.read(file);
    const after = before.replace(from, () => to);
    if (after === before) throw new Error(`${file} does not hold ${from}`);
    writeFileSync(this.path(file), after);
    return before;
  }

  address(page) {
    return this.base + page.split("/").map(encodeURIComponent).join("/");
  }

  // Waits until what is asked for is so; what it is instead is something wrong.
  async becomes(page, what, wanted, get) {
    let got;
    try {
      await until(what, async () => (got = JSON.stringify(await get())) === JSON.stringify(wanted));
    } catch {
      this.wrong(page, `${what}: it is ${got}, not ${JSON.stringify(wanted)}`);
    }
  }

  // One browser. `use` gets a way to open a page in a tab of its own. `bears`: what its console may say.
  async window(options, use, bears = /^$/) {
    const context = await this.browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", viewport: DESK, ...options });
    context.setDefaultTimeout(LIMIT);
    context.setDefaultNavigationTimeout(LIMIT);
    const open = async (page) => {
      const tab = await context.newPage();
      tab.loads = 0;
      tab.on("load", () => { tab.loads += 1; });
      tab.on("request", (request) => {
        const url = request.url();
        this.must(url.startsWith(this.base) || url.startsWith("data:"), tab.url(), `asks for ${url}`);
      });
      tab.on("console", (message) => {
        // Browsers ask for an icon that nobody speaks of.
        const { url } = message.location();
        const bad = ["error", "warning"].includes(message.type()) && !bears.test(message.text()) && !url.endsWith("/favicon.ico");
        this.must(!bad, tab.url(), `console: ${message.text()} ${url}`);
      });
      tab.on("pageerror", (error) => this.wrong(tab.url(), `script: ${error.message}`));
      // One that is left open stops everything.
      tab.on("dialog", (dialog) => {
        this.wrong(tab.url(), `opens a dialog: ${dialog.message()}`);
        dialog.dismiss().catch(() => {});
      });
      await tab.goto(this.address(page), { waitUntil: "load" });
      this.opened += 1;
      await mark(tab);
      return tab;
    };
    try {
      await use(open, context);
    } finally {
      await context.close();
    }
  }

  // A picture for people, where somebody wants them: `SHOTS=folder`.
  async shoot(tab, name) {
    if (process.env.SHOTS) await tab.screenshot({ path: join(process.env.SHOTS, `${name}.png`) });
  }
}

// Whether the page has not been loaded since it was opened, or marked again.
export const stayed = (tab) => ask(tab, () => window.stayed === true);

export const mark = (tab) => ask(tab, () => { window.stayed = true; });

// Waits until the page was loaded again and says this.
export async function shows(tab, words) {
  await until(`${tab.url()} says ${words}`, async () => {
    const [again, said] = await tab.evaluate(() => [!window.stayed && document.readyState === "complete", document.querySelector("main").innerText]);
    return again && said.includes(words);
  });
}

// What the panel shows: parts of it as text, whether it is open, where its links lead.
export const panel = (tab) =>
  ask(tab, () => {
    const root = document.querySelector("kedang-panel")?.shadowRoot;
    if (!root) return null;
    const texts = (within, selector) => [...within.querySelectorAll(selector)].map((element) => element.textContent);
    const notes = (name) => [...root.querySelectorAll(`.kd-${name} > ol > li`)].map((note) => ({
      severity: note.className,
      message: note.querySelector("p").textContent,
      where: texts(note, ".kd-where code")[0],
      source: texts(note, "pre")[0],
      marked: texts(note, "mark")[0],
      help: texts(note, ".kd-help li"),
      open: note.querySelector("a.kd-edit")?.getAttribute("href"),
    }));
    const [box, badge] = [root.querySelector(".kd-box"), root.querySelector(".kd-badge")];
    return {
      isOpen: !box.hidden && box.getBoundingClientRect().height > 0,
      badge: badge.hidden ? "" : badge.textContent,
      kind: badge.className,
      text: root.querySelector(".kd-body").textContent,
      faults: notes("faults"), duties: notes("duties"), trouble: notes("trouble"),
    };
  });

// Waits until the panel is so.
export async function tells(tab, what, so) {
  return until(`the panel on ${tab.url()} ${what}`, async () => {
    const shown = await panel(tab);
    return shown && so(shown) && shown;
  });
}
