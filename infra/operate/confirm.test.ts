import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { confirm } from "./confirm.ts";

test.each([
  ["yes", "yes\r", true],
  ["yes with spaces", " yes \r", true],
  ["no", "no\r", false],
  ["nothing", "\r", false],
  ["Ctrl+C", "\u0003", false],
  ["Ctrl+D", "\u0004", false],
])("the answer %s", async (_, typed, agrees) => {
  const terminal = { input: new PassThrough(), output: new PassThrough(), terminal: true };
  const answer = confirm("Delete it?", terminal);
  terminal.input.write(typed);
  expect(await answer).toBe(agrees);
  expect(String(terminal.output.read())).toContain("Delete it? Type yes: ");
});
