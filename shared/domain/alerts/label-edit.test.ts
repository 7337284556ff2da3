import { expect, test } from "vitest";
import { editLabels, labelChanges } from "./label-edit.ts";

const labels = { region: "eu", tags: "a,b" };

test.each([
  [{}, labels],
  [
    { set: { region: "us", host: 1 }, removed: ["none"] },
    { region: "us", tags: "a,b", host: 1 },
  ],
  [{ removed: ["region", "tags"] }, {}],
  [{ tags: { added: ["b", "c"], removed: ["a"] } }, { region: "eu", tags: "b, c" }],
  [{ tags: { added: [], removed: ["a", "b"] } }, { region: "eu" }],
])("after %j, the labels are %j", (edit, after) => {
  const edited = editLabels(labels, edit);
  expect(edited).toEqual(after);
  expect(editLabels(edited, edit)).toEqual(after);
});

test("changes have the new values, shortened, and null for labels that are gone", () => {
  const edit = {
    set: { long: "x".repeat(300) },
    removed: ["region"],
    tags: { added: ["c"], removed: [] },
  };
  expect(labelChanges(edit, editLabels(labels, edit))).toEqual({
    long: "x".repeat(255),
    region: null,
    tags: "a, b, c",
  });
});
