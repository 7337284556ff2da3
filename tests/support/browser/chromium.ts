/** Real Chromium with different devices and settings. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** The variant with windows, which alone shows notifications. */
export const fullChromium = "/usr/bin/chromium";
const headlessShell = "/usr/bin/chromium-headless-shell";
/** The variant without windows, if it is installed. It takes a third less time. */
export const leanChromium = existsSync(headlessShell) ? headlessShell : fullChromium;

export const desktop = { viewport: { width: 1_280, height: 900 } } as const;
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
export const dark = { colorScheme: "dark" } as const;
/** For `test.each`: every page has to be accessible on each of them. */
export const devices = [
  ["on a desktop", {}],
  ["on a phone", phone],
] as const;
/** For `test.each`: each device in each color scheme. */
export const appearances = [
  ["in the light", {}],
  ["in the dark", dark],
  ["on a phone", phone],
  ["on a phone in the dark", { ...phone, ...dark }],
] as const;
export const withoutScript = { javaScriptEnabled: false } as const;

/** Replaces Playwright's list. The popups of the address bar take half the time of opening a window. */
const disabledFeatures = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  // A second process for each page, in case that it goes to another site.
  "SpareRendererForSitePerProcess",
  // A new frame for each page that is opened in the same window.
  "RenderDocument",
  "PaintHolding",
  "Translate",
  "HttpsUpgrades",
  "OptimizationHints",
  "PreconnectToSearch",
];

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  `--disable-features=${disabledFeatures.join(",")}`,
];

export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args });
}
