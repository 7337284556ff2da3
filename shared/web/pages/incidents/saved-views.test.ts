import { expect, test } from "vitest";
import { readViews, viewQuery, viewsCookie } from "./saved-views.ts";

test.each([
  ["team=payments&group=service", true],
  ["status=all&sort=oldest", true],
  ["status=bad", false],
  [`text=${"x".repeat(400)}`, false],
])("the filters %s can be saved: %s", (query, isValid) => {
  expect(viewQuery.safeParse(query).success).toBe(isValid);
});

test("views are read from their cookie, and a damaged cookie holds none", () => {
  const views = [{ name: "Ours", query: "team=payments" }];
  const [cookie = ""] = viewsCookie(views, new Headers()).split(";");
  expect(readViews(new Headers({ cookie }))).toEqual(views);
  expect(readViews(new Headers({ cookie: "views=damaged" }))).toEqual([]);
  expect(readViews(new Headers())).toEqual([]);
});
