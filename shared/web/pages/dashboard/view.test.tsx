import { describe, expect, test } from "vitest";
import { contents, dashboard, textOf } from "../../../../tests/support/functions/page-examples.tsx";
import { DashboardView } from "./view.tsx";

describe("the dashboard", () => {
  const text = textOf(contents.dashboard);
  test("says what is open, who is on call and until when", () => {
    for (const part of ["1 open , 1 acknowledged", "1h 58m", "alerts ok", "sqs degraded"]) {
      expect(text).toContain(part);
    }
  });

  test("teaches the first alert where nothing has happened yet", () => {
    const none = { ...dashboard.unresolved, open: 0, acknowledged: 0, latest: [], worst: [] };
    const fresh = <DashboardView {...dashboard} host="localhost:8080" unresolved={none} />;
    expect(textOf(fresh)).toContain("curl localhost:8080/api/v1/alerts");
    expect(textOf(fresh)).toContain("All clear");
  });

  test("says of how many incidents the severities are, when there are more", () => {
    const many = { ...dashboard.unresolved, open: 499 };
    const view = textOf(<DashboardView {...dashboard} unresolved={many} />);
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
