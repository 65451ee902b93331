// A site on disk, opened as people open it: by a double click, without a server.
import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { Faults } from "./run.mjs";

// A page of every kind.
const KINDS = [
  /^index\.html$/, /^customers\/index\.html$/, /^customers\/by-owner\.html$/, /^customers\/[^/]+\/index\.html$/, /\/people\/.+\.html$/,
  /\/visits\/[\d-]+\.html$/, /\/contacts\/[\d-]+\.html$/, /\/contact-plans\/\d+\.html$/, /\/information\.html$/, /^people\/index\.html$/,
  /^staff\/index\.html$/, /^staff\/.+-.+\.html$/, /^reports\/index\.html$/, /^reports\/due\.html$/, /^reports\/unfiled\.html$/,
  /^pages\/.+-.+\.html$/, /^forms\/index\.html$/, /^problems\/.+\.html$/,
];

export class Site extends Faults {
  constructor(browser, folder, asOf) {
    super();
    Object.assign(this, { browser, folder, asOf });
  }

  path(page) {
    return join(this.folder, ...page.split("/"));
  }

  // Every page, in order of address.
  pages() {
    const found = readdirSync(this.folder, { recursive: true, withFileTypes: true });
    const files = found.filter((entry) => entry.isFile() && entry.name.endsWith(".html"));
    return files.map((entry) => relative(this.folder, join(entry.parentPath, entry.name)).split(sep).join("/")).sort();
  }

  // The first page that has this address, for a look at one of each kind.
  page(pattern) {
    const page = this.pages().find((page) => pattern.test(page));
    if (!page) throw new Error(`no page ${pattern}`);
    return page;
  }

  // Pages of paper, which have feet of their own.
  papers() {
    return [/^forms\/blank\.html$/, /^customers\/[^/]+\/forms\.html$/, /^forms\/7\/.+\.html$/].map((paper) => this.page(paper));
  }

  kinds() {
    return [...new Set(KINDS.map((kind) => this.page(kind)))];
  }

  // A window that notes whatever goes wrong in it. `use` gets the tab and a way to go to a page of the site.
  async window(options, use) {
    const context = await this.browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", ...options });
    // A busy machine is slow, not wrong.
    context.setDefaultTimeout(180_000);
    const tab = await context.newPage();
    const home = pathToFileURL(this.folder + sep).href;
    let at = "";
    tab.on("request", (request) => {
      const url = request.url();
      this.must(url.startsWith(home) || url.startsWith("data:"), at, `asks for ${url}`);
    });
    tab.on("requestfailed", (request) => this.wrong(at, `did not get ${request.url()}: ${request.failure()?.errorText}`));
    tab.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.wrong(at, `console: ${message.text()}`);
    });
    tab.on("pageerror", (error) => this.wrong(at, `script: ${error.message}`));
    tab.on("dialog", (dialog) => this.wrong(at, `opens a dialog: ${dialog.message()}`));
    const go = async (page) => {
      at = page;
      this.opened += 1;
      await tab.goto(home + page.split("/").map(encodeURIComponent).join("/"), { waitUntil: "load" });
    };
    try {
      await use(tab, go);
    } finally {
      await context.close();
    }
  }
}
