/** Real Chromium with different devices and settings. */
import { type Browser, chromium } from "playwright-core";

/** Chromium's variant without windows needs less time, but its pages crash now and then. */
export const executablePath = "/usr/bin/chromium";

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

export function launchChromium(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  return chromium.launch({
    executablePath,
    args: [...args, `--disable-features=${disabledFeatures.join(",")}`],
  });
}
