/** Real Chromium with different devices and settings. */
import { type Browser, chromium } from "playwright-core";

export const executablePath = "/usr/bin/chromium";

export const desktop = { viewport: { width: 1_280, height: 900 } } as const;
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
export const dark = { colorScheme: "dark" } as const;
export const withoutScript = { javaScriptEnabled: false } as const;

export function launchChromium(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  return chromium.launch({ executablePath, args });
}
