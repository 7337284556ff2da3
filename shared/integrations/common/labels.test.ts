import { expect, test } from "vitest";
import { withClientLabels } from "./labels.ts";

test("a renamed label replaces none of its client", () => {
  expect(withClientLabels({ a: 1 }, { a: 2, tag_a: 3, tag_tag_a: 4 }, "tag_")).toEqual({
    a: 1,
    tag_a: 3,
    tag_tag_a: 4,
    tag_tag_tag_a: 2,
  });
});

test("own labels come first, so that too many of the client push none of them out", () => {
  expect(Object.keys(withClientLabels({ ours: 1 }, { theirs: 2 }, "tag_"))).toEqual(["ours", "theirs"]);
});
