import { expect, test } from "vitest";
import { contents, textOf } from "../../../../tests/support/functions/page-examples.tsx";

test("a service names the types of its integrations as the list of integrations does", () => {
  expect(textOf(contents["a service"])).toContain("Generic JSON");
});
