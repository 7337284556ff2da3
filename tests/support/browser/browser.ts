/** Tests with real Chromium, if it is installed. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { executablePath, launchChromium } from "./chromium.ts";

export { appearances, dark, phone, withoutScript } from "./chromium.ts";

/** For `describe.skipIf(noChromium)`. */
export const noChromium = !existsSync(executablePath);

/** Title of browser tests, with the reason if they are skipped. */
export const inChromium = (title: string) =>
  noChromium ? `${title} (skipped: chromium is not installed)` : title;

export interface TestBrowser {
  /** Opens a page in a new browser. Its console errors are collected in `consoleErrors`. */
  visit(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Returns console messages and errors since the last call. */
  consoleErrors(): string[];
  close(): Promise<void>;
}

let chromium: Promise<Browser> | undefined;

/** Opens contexts in the Chromium of this worker, which starts with the first and ends with the worker. */
export async function startBrowser(baseURL: string): Promise<TestBrowser> {
  chromium ??= launchForWorker();
  const browser = await chromium;
  const contexts: BrowserContext[] = [];
  let heard: string[] = [];
  return {
    async visit(path, options) {
      const context = await browser.newContext({ baseURL, ...options });
      contexts.push(context);
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      page.on("console", (message) => message.type() === "error" && heard.push(message.text()));
      page.on("pageerror", (error) => heard.push(String(error)));
      await page.goto(path);
      return page;
    },
    consoleErrors() {
      const all = heard;
      heard = [];
      return all;
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
    },
  };
}

/** The folder of a single test file is removed at its end: the profile lies in that of the run. */
async function launchForWorker(): Promise<Browser> {
  const { TMPDIR, TEST_RUN_FOLDER } = process.env;
  if (TEST_RUN_FOLDER) process.env.TMPDIR = TEST_RUN_FOLDER;
  try {
    return await launchChromium();
  } finally {
    if (TMPDIR !== undefined) process.env.TMPDIR = TMPDIR;
  }
}

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Expects no serious or critical axe findings (WCAG 2.2 A and AA) and no horizontal scrolling. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(readFileSync(axe, "utf8"));
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResult> } };
    const { violations } = await axe.run({ runOnly: tags });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  });
  expect(found).toEqual([]);
  const wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
  expect(await page.evaluate(wide), "scrolls sideways").toBe(false);
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** Measures the first visit of a page: response, requests, and transferred bytes. */
export async function weightOf(
  { visit }: TestBrowser,
  path: string,
): Promise<{ readonly status: number | undefined; readonly requests: number; readonly bytes: number }> {
  const page = await visit("about:blank");
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (request.url().startsWith("data:")) return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  const answer = await page.goto(path);
  const all = await Promise.all(sizes);
  await page.context().close();
  return { status: answer?.status(), requests: all.length, bytes: all.reduce((sum, size) => sum + size, 0) };
}
