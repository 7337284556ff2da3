/** Starts a platform and real Chromium for tests of the website. */
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { startPlatform, type TestPlatform } from "../platform/platform.ts";
import { type SharedPlatform, sharedPlatform } from "../platform/shared-platform.ts";
import { describeIfChromium, startBrowser, type TestBrowser } from "./browser.ts";
import { fullChromium, leanChromium } from "./chromium.ts";

export interface SiteInBrowser {
  readonly platform: SharedPlatform;
  readonly browser: TestBrowser;
}

interface SiteOptions {
  /** True for a platform that only these tests use. */
  readonly own?: boolean;
  /** True if they need the Chromium that shows notifications. */
  readonly notifications?: boolean;
}

type Tests = (site: SiteInBrowser) => void;

/** Describes tests of the website, each of which has to leave the console quiet. They are skipped without Chromium. */
export function describeInChromium(title: string, options: SiteOptions, tests: Tests): void;
export function describeInChromium(title: string, tests: Tests): void;
export function describeInChromium(title: string, ...rest: [SiteOptions, Tests] | [Tests]): void {
  const [options, tests] = rest.length === 2 ? rest : [{}, ...rest];
  const chromium = options.notifications ? fullChromium : leanChromium;
  describeIfChromium(title, () => tests(siteInBrowser(options, chromium)), chromium);
}

function siteInBrowser({ own = false }: SiteOptions, chromium: string): SiteInBrowser {
  let platform: SharedPlatform | undefined;
  let ownPlatform: TestPlatform | undefined;
  let browser: TestBrowser | undefined;
  beforeAll(async () => {
    if (own) ownPlatform = await startPlatform();
    platform = ownPlatform ?? (await sharedPlatform());
    browser = await startBrowser(platform.url, chromium);
  });
  afterEach(async () => {
    const errors = browser?.consoleErrors();
    // An open page would continue to load updates.
    await browser?.close();
    expect(errors).toEqual([]);
  });
  afterAll(() => ownPlatform?.stop());
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
