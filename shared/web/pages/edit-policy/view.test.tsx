import { expect, test } from "vitest";
import { contents, textOf } from "../../../../tests/support/functions/page-examples.tsx";

test("describes a policy: who is paged first, who is skipped, and its repeats", () => {
  const text = textOf(contents["a policy's editor"]);
  expect(text).toContain("Immediately · step 1");
  expect(text).toContain("No one is on call at step 2.");
  expect(text).toContain("The policy repeats once, every 1 minute 30 seconds.");
});
