/** Pages that the tests of a file share: a new window costs as much as visiting several pages. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

interface Pooled {
  /** The options that a page can't change, as JSON. */
  readonly key: string;
  readonly page: Page;
}

export interface PagePool {
  /** Returns a blank page without cookies, local storage, permissions and listeners. */
  take(options: BrowserContextOptions): Promise<Page>;
  /** Takes back all pages, which are blank from then on. */
  giveBack(): Promise<void>;
  closeAll(): Promise<void>;
}

/** The size that Playwright gives to a page without one. */
const usualSize = { width: 1_280, height: 720 };

export function createPagePool(browser: Browser): PagePool {
  let free: Pooled[] = [];
  let taken: Pooled[] = [];

  async function open(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(10_000);
    return context.newPage();
  }

  return {
    async take({ colorScheme = "light", viewport = usualSize, ...fixed }) {
      const key = JSON.stringify(fixed);
      const found = free.find((each) => each.key === key && !each.page.isClosed());
      const page = found?.page ?? (await open(fixed));
      free = free.filter((each) => each !== found);
      taken.push({ key, page });
      if (viewport && !isSameSize(viewport, page.viewportSize())) await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      return page;
    },
    async giveBack() {
      const all = taken;
      taken = [];
      const clean = await Promise.all(all.map(async (each) => ((await cleanUp(each)) ? [each] : [])));
      free.push(...clean.flat());
    },
    async closeAll() {
      const all = [...free, ...taken];
      free = [];
      taken = [];
      await Promise.all(all.map(({ page }) => page.context().close()));
    },
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const isSameSize = (one: Size, other: Size | null) =>
  one.width === other?.width && one.height === other.height;

/** @returns false if the page is of no use for other tests */
async function cleanUp({ key, page }: Pooled): Promise<boolean> {
  const context = page.context();
  if ("permissions" in JSON.parse(key)) {
    await context.close();
    return false;
  }
  try {
    const { origin } = new URL(page.url());
    await leave(page, context, origin);
    return true;
  } catch (error) {
    // The test has closed it, or it crashed.
    await context.close();
    if (page.isClosed()) return false;
    throw error;
  }
}

async function leave(page: Page, context: BrowserContext, origin: string): Promise<void> {
  page.removeAllListeners("console");
  page.removeAllListeners("pageerror");
  await page.unrouteAll({ behavior: "ignoreErrors" });
  // An open page would continue to load updates.
  await page.goto("about:blank");
  await Promise.all([context.clearCookies(), context.clearPermissions(), clearStorage(page, origin)]);
}

async function clearStorage(page: Page, origin: string): Promise<void> {
  if (origin === "null") return;
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "local_storage" });
  await session.detach();
}
