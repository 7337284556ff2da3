import { expect, test } from "vitest";
import { progressOn } from "./progress.ts";

function shown(isTTY: boolean) {
  const written: string[] = [];
  let now = 0;
  return {
    progress: progressOn({ isTTY, write: (text) => written.push(text) }, () => now),
    written,
    later() {
      now += 100;
    },
  };
}

test("on a terminal a bar moves in its place, ten times a second at most, and gives way to a line", () => {
  const { progress, written, later } = shown(true);
  progress.at("writing", 25_000, 100_000);
  progress.at("writing", 26_000, 100_000);
  later();
  progress.at("writing", 100_000, 100_000);
  progress.end("done.");
  expect(written).toEqual([
    `\r\u001b[Kwriting ${"█".repeat(6)}${"░".repeat(18)} 25%, 25,000 items`,
    `\r\u001b[Kwriting ${"█".repeat(24)} 100%, 100,000 items`,
    "\r\u001b[Kdone.\n",
  ]);
});

test("a progress bar beyond its total shows only the count", () => {
  const { progress, written, later } = shown(true);
  progress.at("exporting", 12, 10);
  later();
  progress.at("exporting", 13);
  expect(written).toEqual(["\r\u001b[Kexporting 12 items", "\r\u001b[Kexporting 13 items"]);
});

test("elsewhere it is one line", () => {
  const { progress, written } = shown(false);
  progress.at("writing", 1, 2);
  progress.end("done.");
  expect(written).toEqual(["done.\n"]);
});
