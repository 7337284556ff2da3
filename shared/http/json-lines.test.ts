import { describe, expect, test } from "vitest";
import { jsonLinesResponse, wantsJsonLines } from "./json-lines.ts";

describe("a list as JSON lines", () => {
  test.each([
    ["application/x-ndjson", true],
    ["application/json;q=0.5, Application/X-NDJSON; q=1", true],
    ["*/*", false],
    ["application/json", false],
    ["", false],
  ])("is what Accept: %s asks for: %s", (accept, wanted) => {
    expect(wantsJsonLines(new Headers({ accept }))).toBe(wanted);
  });

  test("has one item per line, and a link to the next page with the same filter", async () => {
    const url = new URL("http://localhost/api/v1/audit?actor=a%26b&limit=2&cursor=old");
    const response = jsonLinesResponse(url, [{ id: "a\nb" }, { id: "c" }], "new");
    expect(await response.text()).toBe('{"id":"a\\nb"}\n{"id":"c"}\n');
    expect(response.headers.get("content-type")).toBe("application/x-ndjson");
    expect(response.headers.get("link")).toBe('</api/v1/audit?actor=a%26b&limit=2&cursor=new>; rel="next"');
  });

  test("is empty without items, and its last page has no link", async () => {
    const response = jsonLinesResponse(new URL("http://localhost/api/v1/audit"), [], null);
    expect(await response.text()).toBe("");
    expect(response.headers.has("link")).toBe(false);
  });
});
