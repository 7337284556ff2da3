/**
 * `npm run screenshots`: writes screenshots of all pages to docs/screenshots, for desktop, phone and dark
 * mode. Starts a separate platform, runs the demo on it, and adds some open incidents.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { apiOf } from "../../infra/api-client.ts";
import { createCommand } from "../../infra/command.ts";
import { announceTarget } from "../../infra/operate/target.ts";
import { dark, desktop, fullChromium, launchChromium, phone } from "../support/browser/chromium.ts";
import { startPlatform, temporaryFolder } from "../support/platform/platform.ts";
import { collectTemporaryFolders } from "../support/run/temporary-folders.ts";
import { picturesOf } from "./pictures.ts";
import { playScene } from "./scene.ts";

const folder = join(import.meta.dirname, "../../docs/screenshots");

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  desktop,
  phone: { ...phone, deviceScaleFactor: 2 },
  dark: { ...desktop, ...dark },
};
/** WebP quality: texts stay sharp, and all screenshots together are smaller than 3 MB. */
const quality = 60;

export const command = createCommand(
  "screenshots",
  "Take the screenshots of the docs on a desktop, on a phone and in dark mode.",
  [["", "Write docs/screenshots; starts a platform of its own and needs Chromium"]],
).action(takeScreenshots);

async function takeScreenshots(): Promise<void> {
  announceTarget("a platform of its own");
  process.once("exit", collectTemporaryFolders());
  const dataDir = temporaryFolder();
  const platform = await startPlatform({ dataDir, env: { AUTH: "" } });
  const browser = await launchChromium(fullChromium);
  try {
    const examples = await playScene(apiOf(platform.url));
    const pictures = await picturesOf(await browser.newPage(), platform.url, examples);
    mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(folder)) if (file.endsWith(".webp")) rmSync(join(folder, file));
    let bytes = 0;
    for (const { name, path } of pictures) {
      for (const [look, options] of Object.entries(looks)) {
        const picture = await take(browser, platform.url + path, options);
        writeFileSync(join(folder, `${name}-${look}.webp`), picture);
        bytes += picture.length;
      }
      console.log(`${name.padEnd(24)}${path}`);
    }
    console.log(`\nTook screenshots of ${pictures.length} pages, ${Math.round(bytes / 1_024)} KB.`);
  } finally {
    await browser.close();
    await platform.stop();
  }
}

/** Takes a screenshot of the first screen of a page. */
async function take(browser: Browser, url: string, options: BrowserContextOptions): Promise<Buffer> {
  // A notice that fades in would be half transparent.
  const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
  try {
    const page = await context.newPage();
    const answer = await page.goto(url, { waitUntil: "load" });
    if (!answer?.ok()) throw new Error(`${url} answers ${answer?.status()}`);
    const session = await context.newCDPSession(page);
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality });
    return Buffer.from(data, "base64");
  } finally {
    await context.close();
  }
}
