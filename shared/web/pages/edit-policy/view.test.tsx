import { expect, test } from "vitest";
import { contents, textOf } from "../../../../tests/support/functions/page-examples.tsx";

test("tells a policy in words: who at once, who is passed over, and that it begins again", () => {
  const text = textOf(contents["a policy's editor"]);
  expect(text).toContain("Immediately · step 1");
  expect(text).toContain("No one is on call at step 2.");
  expect(text).toContain("The policy repeats once, every 1 minute 30 seconds.");
});
