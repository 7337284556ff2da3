import { expect, test } from "vitest";
import type { PageReason } from "../../../domain/oncall/page-reason.ts";
import { reasonText } from "./policy-labels.ts";

test.each<[reason: PageReason, words: string]>([
  [{ kind: "override", role: "secondary", name: "ovr_1" }, "secondary by override"],
  [{ kind: "layer", role: "primary", name: "days ovr_1" }, "primary by layer days ovr_1"],
  [{ kind: "policy" }, "named by the policy"],
])("%j reads as %j", (reason, words) => {
  expect(reasonText(reason)).toBe(words);
});
