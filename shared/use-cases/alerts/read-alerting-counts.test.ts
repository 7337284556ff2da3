import { expect, test } from "vitest";
import { aRule, aSilence, minutes, monday, seconds } from "../../../tests/support/builders.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import { createHeartbeat } from "./heartbeats/create-heartbeat.ts";
import { recordPing } from "./heartbeats/record-ping.ts";
import { putRoutingRules } from "./put-routing-rules.ts";
import { readAlertingCounts } from "./read-alerting-counts.ts";

test("counts rules, active silences and heartbeats that are missed now", async () => {
  const system = testSystem();
  const counts = (now: number) => readAlertingCounts(system.seen, now);
  expect(await counts(monday)).toEqual({ routing: 0, activeSilences: 0, missedHeartbeats: 0 });
  await putRoutingRules(system.deps, [aRule({ name: "a" }), aRule({ name: "b" })], null, monday);
  await system.seen.ruleStore.createSilence(aSilence());
  await system.seen.ruleStore.createSilence(
    aSilence({ startsAt: monday + minutes(60), endsAt: monday + minutes(70) }),
  );
  const draft = {
    name: "backup",
    service: "ledger",
    team: null,
    severity: "high",
    intervalSeconds: 60,
    graceSeconds: 0,
  } as const;
  const { key } = await createHeartbeat(system.deps, draft, monday);
  await recordPing(system.deps, key, monday);
  expect(await counts(monday + seconds(59))).toEqual({ routing: 2, activeSilences: 1, missedHeartbeats: 0 });
  expect(await counts(monday + seconds(61))).toMatchObject({ missedHeartbeats: 1 });
});
