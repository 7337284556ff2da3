/** Exports of other systems go into a running platform, and into it again. */
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getCurrentOnCallContract } from "../../shared/contracts/oncall/get-current-on-call.ts";
import { getPolicyContract } from "../../shared/contracts/oncall/get-policy.ts";
import { putServiceContract } from "../../shared/contracts/oncall/put-service.ts";
import { startPlatform, type TestPlatform } from "../support/platform.ts";
import { script, userOf } from "./platform-user.ts";

const examples = resolve(import.meta.dirname, "../../infra/move-in/examples");

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform?.stop());

const moveIn = (system: string, ...options: string[]) =>
  script("infra/import.ts", [system, join(examples, `${system}.json`), ...options], platform, {
    PLATFORM_URL: platform.url,
  });

async function onCall(team: string, at: string) {
  const { primary, secondary } = await userOf(platform).call(getCurrentOnCallContract, {
    query: { team, at },
  });
  return [primary?.email ?? null, secondary?.email ?? null];
}

describe("moving in", () => {
  test("without --apply tells what would be, and writes nothing", async () => {
    const { code, stdout } = await moveIn("pagerduty");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^team payments-checkout: primary \S+, secondary \S+; 3 levels, 2 services$/m);
    expect(stdout).toMatch(/^- schedule "With Eve", layer "Layer 1": names Eve/m);
    const compared = await moveIn("pagerduty", "--compare");
    expect(compared.stdout).toMatch(
      /13 new, 0 replaced, 0 as they are, 0 different, 0 failed\. Nothing was written\./,
    );
  });

  test.each([
    ["pagerduty", 13],
    ["opsgenie", 13],
    ["grafana-oncall", 10],
  ])("from %s writes everything, and a second time nothing", async (system, things) => {
    const first = await moveIn(system, "--apply", "--replace");
    expect(first.output).not.toMatch(/failed +\w/);
    expect(first.code).toBe(0);
    const second = await moveIn(system, "--apply", "--replace");
    expect(second.stdout).toContain(`0 new, 0 replaced, ${things} as they are, 0 different, 0 failed.`);
  });

  test.each([
    // Monday 3 March 2031 08:00Z until a day later Dan stands in; then it is by turns.
    ["payments-checkout", "2031-03-03T12:00:00Z", "dan@example.com"],
    ["data", "2031-03-05T15:00:00Z", expect.stringMatching(/@example\.com$/)],
    // Grafana OnCall's, which came last and replaced Opsgenie's of that name.
    ["payments", "2031-03-05T12:00:00Z", "dan@example.com"],
    ["data-platform", "2031-03-05T12:00:00Z", expect.stringMatching(/^(ada|bob)@/)],
  ])("%s has at %s whoever was on call there", async (team, at, email) => {
    expect((await onCall(team, at))[0]).toEqual(email);
  });

  test("leaves what is there and different, unless it is to give way", async () => {
    await userOf(platform).call(putServiceContract, {
      params: { service: "checkout" },
      body: { team: "data" },
    });
    const left = await moveIn("pagerduty", "--apply");
    expect(left.stdout).toMatch(/^different +service checkout of payments-checkout$/m);
    expect((await moveIn("pagerduty", "--apply", "--replace")).stdout).toMatch(
      /^replaced +service checkout of payments-checkout$/m,
    );
    const { rules } = await userOf(platform).call(getPolicyContract, {
      params: { team: "payments-checkout" },
    });
    expect(rules.map(({ delay_seconds }) => delay_seconds)).toEqual([300, 600, 1_800]);
  });

  test("says what failed where no platform answers, and ends with an error", async () => {
    const { code, output } = await script(
      "infra/import.ts",
      ["opsgenie", join(examples, "opsgenie.json"), "--apply"],
      platform,
      { PLATFORM_URL: "http://127.0.0.1:1" },
    );
    expect(code).toBe(1);
    expect(output).toMatch(/^failed +user ada@example\.com: /m);
    expect(output).toContain("run it again");
  });
});
