import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { Problem } from "../../infra/problem.ts";
import { checkSpace, explainFullDisk } from "./disk.ts";

const folder = tmpdir();

it("says how much is free and how much a start needs", () => {
  expect(() => checkSpace(folder, 0)).not.toThrow();
  expect(() => checkSpace(folder, 10 ** 18)).toThrow(
    /^The disk of the data folder \S+ is nearly full: \d+ MB are free, but starting needs 1000000000000 MB\. Free some space, or/,
  );
});

it.each([
  Object.assign(new Error("write"), { code: "ENOSPC" }),
  Object.assign(new Error("write"), { code: "EDQUOT" }),
  new Error("Build failed with 300 errors:\nerror: Failed to write to output file: no space left on device"),
])("explains %s by the disk", (error) => {
  const explained = explainFullDisk(error, folder);
  expect(explained).toBeInstanceOf(Problem);
  expect((explained as Error).message).toMatch(/^The disk of the data folder \S+ is full/);
});

it.each([new Error("SQS (fauxqs) exited with 1"), new Problem("Port 8080 is taken."), "text"])(
  "leaves %s as it is while there is space",
  (error) => expect(explainFullDisk(error, folder)).toBe(error),
);
