// The browsers of the machine, each behind the same few words, and a server of static files for their pages.

import { createServer } from "node:http";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";
import sirv from "sirv";

const PATIENCE = 60_000;

/** How each is started. */
export const LAUNCHES = {
  chromium: () => {
    const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
    return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  },
  // Playwright drives a Firefox of its own only.
  firefox: () => {
    const executablePath = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
    return puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  },
};

/** What a page's script does with its results, so that whoever drives the browser finds them. */
export const TELLING = `const tell = (results) => (document.documentElement.dataset.results = JSON.stringify(results));
`;

/** A script that runs a program, `main.mjs` or `dom.mjs`, and tells what it came to. */
export const telling = (name) => `import { run } from "./${name}.mjs";
${TELLING}run().then(tell);
`;

/** A page with a script. */
export const html = (script, head = "") => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>grantlet</title>${head}</head>
<body><script type="module" src="${script}"></script></body>
</html>
`;

/** Opens a browser for as long as `work` takes. */
export async function within(name, work) {
  const browser = await LAUNCHES[name]();
  try {
    const version = (await browser.version()).replace(/^\D+/, "");
    return await work({ version, results: (url) => results(browser, url) });
  } finally {
    await browser.close();
  }
}

/** What the page at an address told; an error with what it logged if it told nothing. */
async function results(browser, url) {
  const page = await browser.newPage();
  const logged = [];
  page.on("console", (message) => message.type() === "error" && logged.push(message.text()));
  page.on("pageerror", (error) => logged.push(String(error)));
  try {
    await page.goto(url);
    const end = Date.now() + PATIENCE;
    while (Date.now() < end) {
      const told = await page.evaluate(() => document.documentElement.dataset.results);
      if (told !== undefined) return JSON.parse(told);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the page told nothing: ${logged.join("\n")}`);
  } finally {
    await page.close();
  }
}

/** Serves a folder for as long as `work` takes with its address; `headers` go with every file. */
export async function serving(folder, work, headers = {}) {
  const files = sirv(folder, {
    dev: true,
    setHeaders: (response) => Object.entries(headers).forEach(([name, value]) => response.setHeader(name, value)),
  });
  const server = createServer((request, response) => files(request, response, () => response.writeHead(404).end()));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await work(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
