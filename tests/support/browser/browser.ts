/** Tests with real Chromium, if it is installed. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  ConsoleMessage,
  Page,
  Request,
} from "playwright-core";
import { describe, expect } from "vitest";
import { launchChromium, leanChromium } from "./chromium.ts";

export { appearances, desktop, devices, phone, withoutScript } from "./chromium.ts";

/** Describes tests in Chromium. Without it, they are skipped with the reason in their title. */
export function describeIfChromium(title: string, tests: () => void, executablePath = leanChromium): void {
  if (existsSync(executablePath)) describe(title, tests);
  else describe.skip(`${title} (skipped: chromium is not installed)`, tests);
}

export interface TestBrowser {
  /** Opens a page in a new browser. Its console errors are collected in `consoleErrors`. */
  visit(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Returns console messages and errors since the last call. */
  consoleErrors(): string[];
  /** Closes all pages. */
  close(): Promise<void>;
}

const running = new Map<string, Promise<Browser>>();

/** Opens pages in the Chromium of this worker, which starts with the first and ends with the worker. */
export async function startBrowser(baseURL: string, executablePath = leanChromium): Promise<TestBrowser> {
  const launching = running.get(executablePath) ?? launchForWorker(executablePath);
  running.set(executablePath, launching);
  const browser = await launching;
  let contexts: BrowserContext[] = [];
  let heard: string[] = [];
  return {
    // Pages that several tests share crash now and then: each gets its own.
    async visit(path, options) {
      const context = await browser.newContext({ baseURL, ...options });
      contexts.push(context);
      context.setDefaultTimeout(30_000);
      const page = await context.newPage();
      page.on("console", (message) => isError(message) && heard.push(message.text()));
      page.on("pageerror", (error) => heard.push(error.stack ?? String(error)));
      await page.goto(path);
      return page;
    },
    consoleErrors() {
      const all = heard;
      heard = [];
      return all;
    },
    async close() {
      const open = contexts;
      contexts = [];
      await Promise.all(open.map((context) => context.close()));
      heard = [];
    },
  };
}

/** Updates that are being loaded end when a page is left. */
const isError = (message: ConsoleMessage) =>
  message.type() === "error" && !/^htmx:(sendAbort|afterRequest)\b/.test(message.text());

/** The folder of a single test file is removed at its end: the profile lies in that of the run. */
async function launchForWorker(executablePath: string): Promise<Browser> {
  const { TMPDIR, TEST_RUN_FOLDER } = process.env;
  if (TEST_RUN_FOLDER) process.env.TMPDIR = TEST_RUN_FOLDER;
  try {
    return await launchChromium(executablePath);
  } finally {
    if (TMPDIR !== undefined) process.env.TMPDIR = TMPDIR;
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** Adds axe to each page that is loaded from now on. To a page that is already open, it costs twice as much. */
export const addAxe = (page: Page) => page.addInitScript({ content: axe });

/** Tags of axe's rules for WCAG 2.2 A and AA, and the names of those that depend on colors. */
const allRules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const colorRules = ["color-contrast", "link-in-text-block"];

/** Expects no serious or critical axe findings and no horizontal scrolling. */
export async function expectAccessible(page: Page, rules = allRules): Promise<void> {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe);
  // Text that fades in has a low contrast until it is shown.
  await page.evaluate("Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => {})");
  // Buttons have a low contrast while an update is being loaded.
  await expect.poll(() => findFaults(page, rules), { message: page.url(), timeout: 15_000 }).toEqual([]);
  const wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
  expect(await page.evaluate(wide), "scrolls sideways").toBe(false);
}

/** Returns serious and critical findings of axe. */
function findFaults(page: Page, rules: readonly string[]): Promise<string[]> {
  return page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResult> } };
    const { violations } = await axe.run({ runOnly, resultTypes: ["violations"], selectors: false });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }, rules);
}

/** Expects it in the light and in the dark, which differ in colors alone. */
export async function expectAccessibleInBothSchemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, colorRules);
}

/** Opens these pages one after another, with the details of their main part open, in both color schemes. */
export async function expectAllAccessible(
  { visit }: TestBrowser,
  paths: readonly string[],
  options: BrowserContextOptions,
): Promise<void> {
  const page = await visit("about:blank", options);
  await addAxe(page);
  for (const path of paths) {
    await page.goto(path);
    await page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true");
    await expectAccessibleInBothSchemes(page);
  }
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

export interface Weight {
  readonly status: number | undefined;
  readonly requests: number;
  readonly bytes: number;
}

/** Goes to a page as on a first visit, without a cache, and measures the transfer. */
export async function weigh(page: Page, path: string): Promise<Weight> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const sizes: Promise<number>[] = [];
  const add = (request: Request) => {
    if (request.url().startsWith("data:")) return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  };
  // A page would go on loading updates.
  await page.goto("about:blank");
  page.on("requestfinished", add);
  const answer = await page.goto(path);
  const all = await Promise.all(sizes);
  page.off("requestfinished", add);
  await session.detach();
  return {
    status: answer?.status(),
    requests: all.length,
    bytes: all.reduce((sum, size) => sum + size, 0),
  };
}
