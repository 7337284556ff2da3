import { describe, expect, test } from "vitest";
import { contents, home, textOf } from "../../../../tests/support/functions/page-examples.tsx";
import { HomeView } from "./view.tsx";

describe("the home page", () => {
  const text = textOf(contents.home);
  test("says what is open, who is on call and until when", () => {
    for (const part of ["1 open , 1 acknowledged", "1h 58m", "alerts ok", "sqs degraded"]) {
      expect(text).toContain(part);
    }
  });

  test("teaches the first alert where nothing has happened yet", () => {
    const none = { ...home.unresolved, open: 0, acknowledged: 0, latest: [], worst: [] };
    const fresh = <HomeView {...home} host="localhost:8080" unresolved={none} />;
    expect(textOf(fresh)).toContain("curl localhost:8080/api/v1/alerts");
    expect(textOf(fresh)).toContain("All clear");
  });

  test("says of how many incidents the severities are, when there are more", () => {
    const many = { ...home.unresolved, open: 499 };
    const view = textOf(<HomeView {...home} unresolved={many} />);
    for (const part of [
      "499 open , 1 acknowledged",
      "View 498 more",
      "The latest 2 of 500 incidents",
      "10s old",
    ]) {
      expect(view).toContain(part);
    }
  });
});
