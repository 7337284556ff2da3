/** A platform and real Chromium for tests of the website. */
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { startPlatform, type TestPlatform } from "../platform/platform.ts";
import { type SharedPlatform, sharedPlatform } from "../platform/shared-platform.ts";
import { startBrowser, type TestBrowser } from "./browser.ts";

export interface SiteInBrowser {
  readonly platform: SharedPlatform;
  readonly browser: TestBrowser;
}

/**
 * For the tests of a `describe`, each of which has to leave the console quiet.
 *
 * @param options.own a platform that only these tests use
 */
export function siteInBrowser({ own = false } = {}): SiteInBrowser {
  let platform: SharedPlatform | undefined;
  let ownPlatform: TestPlatform | undefined;
  let browser: TestBrowser | undefined;
  beforeAll(async () => {
    if (own) ownPlatform = await startPlatform();
    platform = ownPlatform ?? (await sharedPlatform());
    browser = await startBrowser(platform.url);
  });
  afterEach(() => expect(browser?.consoleErrors()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await ownPlatform?.stop();
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
