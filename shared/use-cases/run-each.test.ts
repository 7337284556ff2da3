import { expect, test } from "vitest";
import { runEach } from "./run-each.ts";

test("a failed task stops no other, and is reported at the end", async () => {
  const done: string[] = [];
  const fails = () => {
    throw new Error("sweep failed");
  };
  const redrives = async () => {
    await Promise.resolve();
    done.push("redriven");
  };
  await expect(runEach(fails, redrives)).rejects.toThrow("sweep failed");
  expect(done).toEqual(["redriven"]);
  await expect(runEach(fails, redrives, fails)).rejects.toThrow("Error: sweep failed; Error: sweep failed");
  await runEach(redrives);
});
