// How every look is run: a browser, a line for each thing wrong, exit code 1 when there is one.
import { chromium } from "playwright-core";

// What goes wrong is collected, so that one thing does not hide the next.
export class Faults {
  faults = new Set();
  opened = 0;

  wrong(page, what) {
    this.faults.add(`${page}: ${what}`);
  }

  must(holds, page, what) {
    if (!holds) this.wrong(page, what);
  }
}

// `make` gets a browser and gives what is looked at; each way is a module whose default export looks at it.
export async function run(make, ways) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    // Containers run as root and have little shared memory.
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=zh-CN"],
  });
  const subject = make(browser);
  for (const way of ways) {
    try {
      const { default: look } = await import(way);
      await look(subject);
    } catch (error) {
      subject.wrong(way, error.stack);
    }
  }
  await subject.close?.();
  await browser.close();
  for (const line of subject.faults) console.log(line);
  console.error(`${subject.opened} pages opened`);
  process.exit(subject.faults.size ? 1 : 0);
}
