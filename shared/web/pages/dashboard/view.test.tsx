import { describe, expect, test } from "vitest";
import { anIncident, monday } from "../../../../tests/support/builders.ts";
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
    const fresh = <DashboardView {...dashboard} host="localhost:8080" open={[]} acknowledged={[]} />;
    expect(textOf(fresh)).toContain("curl localhost:8080/api/v1/alerts");
    expect(textOf(fresh)).toContain("All clear");
  });

  test("puts the most severe unacknowledged incident first", () => {
    const of = (number: number, fields: object) => anIncident({ number, ...fields });
    const view = (
      <DashboardView
        {...dashboard}
        open={[
          of(1, { severity: "low" }),
          of(2, { severity: "critical", createdAt: monday + 1 }),
          of(3, { severity: "critical" }),
        ]}
        acknowledged={[of(4, { severity: "critical", status: "acknowledged" })]}
      />
    );
    expect([...String(view).matchAll(/href="\/incidents\/(\d)"/g)].map(([, id]) => id)).toEqual([
      "3",
      "2",
      "1",
      "4",
    ]);
  });
});
