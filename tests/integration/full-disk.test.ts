/** A full disk under the data folder: a small file system of its own, which only root may mount. */
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startPlatform, temporaryFolder, waitFor } from "../support/platform/platform.ts";
import { processesOn } from "../support/platform/processes.ts";
import { smallDisk } from "../support/platform/small-disk.ts";

const mayMount = (() => {
  const folder = temporaryFolder();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", folder]).status === 0;
  if (mounted) spawnSync("umount", [folder]);
  rmSync(folder, { recursive: true });
  return mounted;
})();

describe.skipIf(!mayMount)(
  `on a full disk${mayMount ? "" : " (skipped: no file system may be mounted here)"}`,
  () => {
    test.each(["16k", "200k", "3m", "20m"])(
      "of %s, npm start prints one line and leaves nothing running",
      async (size) => {
        const dataDir = join(smallDisk(size) ?? "", "data");
        const failure = await startPlatform({ dataDir }).then(
          async (platform) => void (await platform.stop()),
          (error: Error) => error.message,
        );
        expect(failure).toMatch(
          /^The platform ended with 1:\nThe disk of the data folder \S+ is nearly full: \d+ MB.*\n$/,
        );
        expect(processesOn(dataDir)).toEqual([]);
      },
    );

    test("writes get 503, reads work, and free space restores writes", async () => {
      const disk = smallDisk("90m") ?? "";
      const platform = await startPlatform({ dataDir: join(disk, "data") });
      onTestFinished(async () => void (await platform.stop()));
      const send = (message: string) =>
        fetch(`${platform.url}/api/v1/alerts`, {
          method: "POST",
          body: JSON.stringify({
            service: "disk",
            severity: "low",
            message,
            dedup_key: message.slice(0, 10),
          }),
        });
      const messages = async () => {
        const answer = await fetch(`${platform.url}/api/v1/alerts?service=disk`);
        const { alerts } = (await answer.json()) as { alerts: { message: string }[] };
        return alerts.map(({ message }) => message).toSorted();
      };
      expect((await send("before")).status).toBe(202);
      await waitFor(async () => (await messages()).length === 1);

      const filler = join(disk, "filler");
      expect(() => writeFileSync(filler, Buffer.alloc(95_000_000))).toThrow("ENOSPC");
      const refused = await send("x".repeat(2_000));
      expect(refused.status).toBe(503);
      expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
      expect(await refused.json()).toMatchObject({ status: 503, code: "unavailable" });
      expect(await messages()).toEqual(["before"]);

      rmSync(filler);
      await waitFor(async () => (await send("after")).status === 202);
      await waitFor(async () => (await messages()).length === 2);
      expect(await messages()).toEqual(["after", "before"]);
    });
  },
);
