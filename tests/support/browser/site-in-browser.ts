/** Setup of browser tests: a separate platform and real Chromium. */
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { startPlatform, type TestPlatform } from "../platform/platform.ts";
import { startBrowser, type TestBrowser } from "./browser.ts";

export interface SiteInBrowser {
  readonly platform: TestPlatform;
  readonly browser: TestBrowser;
}

/** For the tests of a `describe`. Each must leave no console errors. */
export function siteInBrowser(): SiteInBrowser {
  let platform: TestPlatform | undefined;
  let browser: TestBrowser | undefined;
  beforeAll(async () => {
    platform = await startPlatform();
    browser = await startBrowser(platform.url);
  });
  afterEach(() => expect(browser?.complaints()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
  });
  const started = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error("It starts before the first test");
    return value;
  };
  return {
    get platform() {
      return started(platform);
    },
    get browser() {
      return started(browser);
    },
  };
}
