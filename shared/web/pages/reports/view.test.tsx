import { describe, expect, test } from "vitest";
import { ada, anIncident, days, minutes, monday, seconds } from "../../../../tests/support/builders.ts";
import { now, textOf, viewing } from "../../../../tests/support/functions/page-examples.tsx";
import { reportOf } from "../../../domain/incidents/report.ts";
import { type IncidentSummary, type OpenedTally, summaryOf, tally } from "../../../domain/incidents/stats.ts";
import type { Load } from "../../../use-cases/oncall/load/read-load.ts";
import { ReportsView } from "./view.tsx";

describe("insights", () => {
  const answered = (createdAt: number, mtta: number, fields: object = {}) =>
    summaryOf(
      anIncident({
        createdAt,
        status: "resolved",
        acknowledgedAt: createdAt + seconds(mtta),
        resolvedAt: createdAt + minutes(10),
        ...fields,
      }),
    );
  const opened = (...summaries: IncidentSummary[]): OpenedTally => {
    const [{ createdAt = 0 } = {}] = summaries;
    return { openedAt: createdAt - (createdAt % minutes(60)), tally: tally(summaries) };
  };
  const hours = [
    opened(answered(monday - days(7), 120), answered(monday - days(7), 120)),
    opened(
      answered(monday, 30, { service: "checkout", team: "web" }),
      answered(monday, 60, { service: "checkout", severity: "low" }),
    ),
    opened(answered(monday + minutes(61), 90, { service: "search", status: "open", resolvedAt: null })),
  ];
  const reportFrom = (hours: readonly OpenedTally[], timezone = "UTC") =>
    reportOf(hours, { days: 7, timezone, now });
  const load: Load = {
    pages: [{ email: "ada@example.com", team: "web", pages: 5, nights: 2, weekends: 1 }],
    shifts: [
      { team: "web", person: ada, start: monday, end: monday + days(1) },
      {
        team: "mail",
        person: { name: "Bob", email: "bob@example.com" },
        start: monday,
        end: monday + days(2),
      },
    ],
    teams: ["mail", "web"],
    moreTeams: false,
    isComplete: true,
  };
  const shown = (props: object) =>
    textOf(
      <ReportsView
        {...viewing}
        host="h"
        report={reportFrom(hours)}
        load={load}
        team={undefined}
        at={now}
        {...props}
      />,
    );

  test("are those of the chosen days, next to those of as many before", () => {
    const text = shown({});
    for (const part of [
      "Incidents 3 50% more than the previous 7 days 1 unresolved",
      "MTTA 1m 50% faster than the previous 7 days Median 1m · 95% within 1m",
      "MTTR 10m Same as the previous 7 days",
      "checkout 2 45s 10m",
      "search 1 1m –",
      "Mon 10:00 is the busiest hour (2 incidents).",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("have the load of each person, of all teams or one", () => {
    expect(shown({})).toContain("Ada 5 2 1 24 h Bob 0 0 0 48 h Nights: pages from 22:00 to 07:00");
    expect(shown({ team: "mail" })).toMatch(/On call Bob 0 0 0 48 h Nights/);
    expect(shown({ load: { ...load, isComplete: false } })).toContain("Not all pages are counted yet.");
    expect(shown({ team: "none" })).toContain("No one was on call or paged in this period.");
  });

  test("of nothing are no numbers, and teach the first alert", () => {
    const text = shown({ report: reportFrom([]) });
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    expect(text).toContain("No alerts yet. Send one to open an incident");
    expect(text).toContain("No incidents in this period.");
  });
});
