/** Exports of other systems go into a running platform, and into it again. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPolicyContract } from "../../shared/contracts/oncall/get-policy.ts";
import { listShiftsContract } from "../../shared/contracts/oncall/list-shifts.ts";
import { putServiceContract } from "../../shared/contracts/oncall/services/put-service.ts";
import { hourMs } from "../../shared/domain/time-units.ts";
import { onCallInGrafana, onCallInOpsgenie, onCallInPagerduty } from "../support/foreign-schedules.ts";
import { startPlatform, type TestPlatform } from "../support/platform/platform.ts";
import { script, userOf } from "./platform-user.ts";

const examples = resolve(import.meta.dirname, "../../infra/migrate/examples");

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform?.stop());

const migrate = (system: string, ...options: string[]) =>
  script("import", [system, join(examples, `${system}.json`), ...options], platform, {
    PLATFORM_URL: platform.url,
  });

const example = (name: string) => JSON.parse(readFileSync(join(examples, `${name}.json`), "utf8"));
/** Six weeks of 2031, in which clocks change in New York and in Berlin. */
const from = Date.parse("2031-03-01T00:00:00Z");
const hours = Array.from({ length: 6 * 7 * 24 }, (_, hour) => from + hour * hourMs + hourMs / 2);

/** Returns the people on call for a team in each hour, according to the platform. */
async function onCallHere(team: string, role?: string): Promise<string[]> {
  const query = {
    team,
    from: new Date(from).toISOString(),
    to: new Date(from + hours.length * hourMs).toISOString(),
  };
  const { shifts } = await userOf(platform).call(listShiftsContract, { query });
  const own = shifts.filter((shift) => role === undefined || shift.role === role);
  return hours.map((at) => {
    const now = own.filter(({ start, end }) => Date.parse(start) <= at && at < Date.parse(end));
    return [...new Set(now.map(({ email }) => email))].toSorted().join();
  });
}

function emails(system: string, ids: readonly string[]): string {
  const users: { id: string; email?: string; username?: string }[] = example(system).users;
  const known = users
    .filter(({ id }) => ids.includes(id))
    .map(({ email, username }) => email ?? username ?? "");
  return known
    .map((email) => email.toLowerCase())
    .toSorted()
    .join();
}

describe("moving in", () => {
  test("without --apply previews the import, and writes nothing", async () => {
    const { code, stdout } = await migrate("pagerduty");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^team payments-checkout: primary \S+, secondary \S+; levels: 3, services: 2$/m);
    expect(stdout).toMatch(/^- schedule "With Eve", layer "Layer 1": refers to Eve/m);
    const compared = await migrate("pagerduty", "--compare");
    expect(compared.stdout).toMatch(
      /13 new, 0 replaced, 0 unchanged, 0 different, 0 failed\. Nothing was written\./,
    );
  });

  test.each([
    ["pagerduty", 13],
    ["opsgenie", 13],
    ["grafana-oncall", 10],
  ])("from %s writes everything, and a second time nothing", async (system, things) => {
    const first = await migrate(system, "--apply", "--replace");
    expect(first.output).not.toMatch(/failed +\w/);
    expect(first.code).toBe(0);
    const second = await migrate(system, "--apply", "--replace");
    expect(second.stdout).toContain(`0 new, 0 replaced, ${things} unchanged, 0 different, 0 failed.`);
  });

  test.each([
    ["SPRIM", "payments-checkout", "primary"],
    ["SBACK", "payments-checkout", "secondary"],
    ["SDATA", "data", "primary"],
  ])("has the same person on call as PagerDuty's %s as %s's %s, hour by hour", async (id, team, role) => {
    const schedule = example("pagerduty").schedules.find((each: { id: string }) => each.id === id);
    expect(await onCallHere(team, role)).toEqual(
      hours.map((at) => emails("pagerduty", onCallInPagerduty(schedule, at))),
    );
  });

  test("has the same people on call as Opsgenie's two concurrent rotations, hour by hour", async () => {
    const schedule = example("opsgenie").schedules.find((each: { id: string }) => each.id === "s-data");
    expect(await onCallHere("data-platform")).toEqual(
      hours.map((at) => emails("opsgenie", onCallInOpsgenie(schedule, at))),
    );
  });

  test("has the same people on call as Grafana OnCall's pairs, hour by hour", async () => {
    const shifts = example("grafana-oncall").on_call_shifts.filter(({ id }: { id: string }) =>
      ["OPAIR", "OEND"].includes(id),
    );
    expect(await onCallHere("pairs")).toEqual(
      hours.map((at) => emails("grafana-oncall", onCallInGrafana(shifts, "America/New_York", at))),
    );
  });

  test("leaves what is there and different, unless it is to give way", async () => {
    await userOf(platform).call(putServiceContract, {
      params: { service: "checkout" },
      body: { team: "data" },
    });
    const left = await migrate("pagerduty", "--apply");
    expect(left.stdout).toMatch(/^different +service checkout of payments-checkout$/m);
    expect((await migrate("pagerduty", "--apply", "--replace")).stdout).toMatch(
      /^replaced +service checkout of payments-checkout$/m,
    );
    const { rules } = await userOf(platform).call(getPolicyContract, {
      params: { team: "payments-checkout" },
    });
    expect(rules.map(({ delay_seconds }) => delay_seconds)).toEqual([300, 600, 1_800]);
  });

  test("says what failed where no platform answers, and ends with an error", async () => {
    const { code, output } = await script(
      "import",
      ["opsgenie", join(examples, "opsgenie.json"), "--apply"],
      platform,
      { PLATFORM_URL: "http://127.0.0.1:1" },
    );
    expect(code).toBe(1);
    expect(output).toMatch(/^failed +user ada@example\.com: /m);
    expect(output).toContain("Import incomplete. Fix the errors above and re-run.");
  });
});

test("into a platform that asks for keys takes one of the scope write", async () => {
  const secured = await startPlatform({ env: { AUTH: "required" } });
  const run = (key?: string) =>
    script("import", ["pagerduty", join(examples, "pagerduty.json"), "--apply"], secured, {
      PLATFORM_URL: secured.url,
      ...(key && { PLATFORM_KEY: key }),
    });
  try {
    const made = await script("keys", ["create", "--name", "move", "--scopes", "write"], secured);
    expect(await run()).toMatchObject({ code: 1, output: expect.stringContaining("returned 401") });
    expect(await run(made.stdout.trim())).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("13 new, 0 replaced, 0 unchanged"),
    });
  } finally {
    await secured.stop();
  }
});
