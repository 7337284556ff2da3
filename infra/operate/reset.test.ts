import { expect, test } from "vitest";
import { assertConfirmsStage } from "./reset.ts";

test("a confirmation of another stage than the one to empty is rejected", () => {
  const reset = (stage: string, confirmed?: string) => () =>
    assertConfirmsStage(stage, { yesDeleteEverythingOf: confirmed });
  expect(reset("local", "dev")).toThrow("names stage dev, but the stage is local. Nothing was deleted.");
  expect(reset("dev", "dev")).not.toThrow();
  expect(reset("local")).not.toThrow();
});
