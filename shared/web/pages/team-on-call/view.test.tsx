import { describe, expect, test } from "vitest";
import { ada, aSchedule, minutes } from "../../../../tests/support/builders.ts";
import {
  contents,
  now,
  signedIn,
  team,
  teamOnCall,
  textOf,
  viewer,
} from "../../../../tests/support/functions/page-examples.tsx";
import { forecastOf } from "../../../domain/oncall/forecast.ts";
import { TeamOnCallView } from "./view.tsx";

describe("a team's page", () => {
  const schedule = aSchedule({ team: "payments", createdAt: now, timezone: "Europe/Berlin" });

  test("names people who were deactivated and are still paged", () => {
    const shifts = [{ role: "primary", start: now, end: now + 1 }] as const;
    const shown = (isInPolicy: boolean, own: typeof shifts | readonly []) =>
      textOf(
        <TeamOnCallView
          {...teamOnCall(schedule)}
          deactivated={[{ name: "Eve", email: "eve@example.com", isInPolicy, shifts: own }]}
        />,
      );
    expect(shown(true, shifts)).toMatch(
      /Eve was deactivated but is primary from .+ and is in the escalation policy\. Pages still go to eve@example\.com/,
    );
    expect(shown(true, [])).toContain("Eve was deactivated but is in the escalation policy.");
    expect(shown(false, shifts)).not.toContain("policy. Pages");
  });

  test("says who is on call, until when, and who is next", () => {
    expect(textOf(<TeamOnCallView {...teamOnCall(schedule)} overrides={[]} />)).toContain("Primary now");
    const alone = {
      ...teamOnCall(schedule),
      forecast: forecastOf({ schedules: [schedule], overrides: [] }, null, now),
    };
    expect(textOf(<TeamOnCallView {...alone} />)).toMatch(/Ada until Mon 30 Nov 09:00, 6d 21h then Bob/);
  });

  test("marks the day on which clocks change in words", () => {
    for (const [from, words] of [
      ["2027-03-22", "At 02:00 clocks go forward by 1h"],
      ["2026-10-19", "At 03:00 clocks go back by 1h"],
    ] as const) {
      const html = String(<TeamOnCallView {...teamOnCall(schedule, from)} />);
      expect(textOf(html)).toContain(words);
      expect(html.match(/◷<br/g)).toHaveLength(1);
    }
  });

  test("marks gaps in words, in the drawing and in the list", () => {
    const layers = schedule.layers.map((layer) => ({
      ...layer,
      restrictions: [{ type: "daily", start: "09:00", end: "17:00" } as const],
    }));
    const html = String(<TeamOnCallView {...teamOnCall({ ...schedule, layers }, "2026-12-07")} />);
    expect(textOf(html)).toContain("No one is on call");
    expect(html).toMatch(/foreignObject[^>]*><bdi class="gap"[^>]*>No one</);
    expect(html).toMatch(/17:00 <bdi class="gap">No one</);
  });

  test.each([
    [1, "UTC)."],
    [2, "UTC), and in 1 more gap within"],
    [3, "UTC), and in 2 more gaps within"],
  ])("counts %d gaps", (number, words) => {
    const shown = teamOnCall(aSchedule({ team: "payments", createdAt: now }));
    const gaps = Array.from({ length: number }, (_, index) => {
      const start = now + minutes(120 * index + 60);
      return { start, end: start + minutes(60) };
    });
    const html = <TeamOnCallView {...shown} forecast={{ ...shown.forecast, gaps }} />;
    expect(textOf(html)).toContain(words);
  });

  test("puts each fault at its field, and keeps what was typed", () => {
    const html = String(contents["a team's rejected override"]);
    expect(html).toContain('id="override-on-call-to-fault"><bdi>must be after the start</bdi>');
    expect(html).toMatch(/name="to" aria-invalid="true" aria-describedby="override-on-call-to-fault"/);
    expect(html).toMatch(/<details class="fold" id="override" open/);
    expect(html.match(/aria-invalid/g)).toHaveLength(2);
  });

  test("has nothing to send for who may only read", () => {
    const reader = { ...viewer, may: () => false };
    expect(String(<TeamOnCallView {...team} viewer={reader} />)).not.toContain('method="post"');
  });

  test("offers responders of the team their own shifts, and no configuration", () => {
    const roles = [{ team: "payments", role: "responder" }] as const;
    const html = (shown: typeof schedule) =>
      String(<TeamOnCallView {...teamOnCall(shown)} viewer={{ ...viewer, ...signedIn(ada, roles) }} />);
    const own = html(schedule);
    for (const path of ["take-over", "overrides"]) expect(own).toMatch(new RegExp(`action="[^"]*${path}"`));
    for (const name of ["Edit schedule", "Edit policy", "Rotate calendar URL"])
      expect(own).not.toContain(name);
    expect(html({ ...schedule, team: "web" })).not.toContain('method="post"');
  });

  test("stays small where shifts change by the hour for two months", () => {
    const layers = schedule.layers.map((layer) => ({
      ...layer,
      rotation: { ...layer.rotation, unit: "hour", length: 1 } as const,
    }));
    const html = String(
      <TeamOnCallView {...teamOnCall({ ...schedule, layers }, "2026-12-01", "2-months")} />,
    );
    expect(textOf(html)).toContain("too many to draw");
    expect(html.length).toBeLessThan(100 * 1_024);
  });
});
