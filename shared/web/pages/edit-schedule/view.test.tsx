import { describe, expect, test } from "vitest";
import { contents, textOf } from "../../../../tests/support/functions/page-examples.tsx";

describe("an editor", () => {
  test("shows each fault at its field and in a list that leads there", () => {
    const html = String(contents["the editor of a new schedule"]);
    expect(html).toMatch(/id="members\.0\.person"[^>]*aria-invalid="true"/);
    expect(html).toMatch(/aria-describedby="members\.0\.person-fault"/);
    expect(html).toContain('<a href="#members.0.person">Member 1, person</a>');
  });

  test("marks what differs between two versions", () => {
    const html = String(contents["a schedule's editor"]);
    expect(html).toContain("<mark><bdi>Times in UTC</bdi></mark>");
  });

  test("shows from when to when no one is on call", () => {
    const text = textOf(contents["a schedule's editor"]);
    expect(text).toContain("no one for 27d 22h in 1 gap");
    expect(text).toMatch(/No one Mon 23 Nov \d\d:\d\d onward/);
  });
});
