// Chromium without a window on the served benchmark, a fresh context for each use.

import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

/** Gives `work` what opens the benchmark's page and uses it, and closes everything afterwards. */
export async function within(documents, work) {
  const server = await serve(documents);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const open = async (use) => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(`${server.url}benches/web/page.html`);
      return await use(page);
    } finally {
      await context.close();
    }
  };
  try {
    return await work(open);
  } finally {
    await browser.close();
    server.close();
  }
}
