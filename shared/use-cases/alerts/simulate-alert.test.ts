import { expect, test } from "vitest";
import { aDraft, aRule, aSilence, minutes, monday } from "../../../tests/support/builders.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import { putRoutingRules } from "./put-routing-rules.ts";
import { simulateAlert } from "./simulate-alert.ts";

const never = Number.POSITIVE_INFINITY;

test("says what rules make of an alert, and for whom", async () => {
  const system = testSystem();
  const rules = [aRule({ name: "db", service: "ledger", team: "storage", dedupKey: "{{labels.host}}" })];
  await putRoutingRules(system.deps, rules, null, monday);
  const simulated = await simulateAlert(system.deps, aDraft({ labels: { host: "db1" } }), monday, never);
  expect(simulated).toMatchObject({
    team: "storage",
    alert: { service: "ledger", dedupKey: "db1", route: { rules: ["db"] } },
    suppressedBy: null,
    pagesAt: monday,
    fallback: { at: monday },
  });
});

test("says when silences one after the other let it page", async () => {
  const system = testSystem();
  await system.deps.ruleStore.createSilence(aSilence());
  await system.deps.ruleStore.createSilence(
    aSilence({ id: "sil_last", startsAt: monday + minutes(5), endsAt: monday + minutes(30) }),
  );
  expect(await simulateAlert(system.deps, aDraft(), monday, never)).toMatchObject({
    suppressedBy: { kind: "silence", id: "sil_last" },
    pagesAt: monday + minutes(30),
  });
  expect(await simulateAlert(system.deps, aDraft({ service: "search" }), monday, never)).toMatchObject({
    suppressedBy: null,
    pagesAt: monday,
  });
});

test("reports that no one is paged for alerts that are dropped or suppressed by a more severe one", async () => {
  const system = testSystem();
  const noise = aRule({
    name: "noise",
    matchers: [{ field: "source", op: "=", value: "noise" }],
    drop: true,
  });
  await putRoutingRules(system.deps, [noise, aRule({ inhibitedBy: "critical" })], null, monday);
  await system.receive(aDraft({ dedupKey: "c" }));
  await system.pump();
  const noPages = { steps: [], fallback: null, pagesAt: null };
  expect(await simulateAlert(system.deps, aDraft({ source: "noise" }), monday, never)).toMatchObject(noPages);
  expect(await simulateAlert(system.deps, aDraft({ severity: "low" }), monday, never)).toMatchObject({
    ...noPages,
    suppressedBy: { kind: "incident" },
  });
});
