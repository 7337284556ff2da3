/** Cost of rules and silences per correlated alert, and of heartbeats. */
import { putRoutingRules } from "../../shared/use-cases/alerts/put-routing-rules.ts";
import { aRule, aSilence } from "../support/builders.ts";
import type { TestEmulators } from "../support/platform/platform.ts";
import { deliver, request, takeAll } from "./lambda-events.ts";
import { type Cost, metered } from "./meter.ts";
import { alertsAtOnce } from "./operations.ts";

/** Longer than functions cache the rules. */
const cachedMs = 1_100;
const alert = { service: "ruled", severity: "high", message: "Latency above 500 ms", dedup_key: "ruled" };

export interface RuleCosts {
  /** A batch of alerts of an incident: without rules, with many rules, and with cached rules. */
  readonly none: Cost;
  readonly many: Cost;
  readonly cached: Cost;
  /** A silenced alert, and the sweep that finds it not due. */
  readonly suppress: Cost;
  readonly ping: Cost;
  readonly sweep: Cost;
}

/** Requires an installed meter and the emulators' environment. */
export async function measureRules({ sqs, env }: Pick<TestEmulators, "sqs" | "env">): Promise<RuleCosts> {
  const [receive, correlate, create, pings, sweep] = await Promise.all([
    import("../../functions/alerts/receive-alerts.ts"),
    import("../../functions/alerts/correlate-alerts.queue.ts"),
    import("../../functions/alerts/heartbeats/create-heartbeat.ts"),
    import("../../functions/alerts/heartbeats/receive-beat.ts"),
    import("../../functions/alerts/sweep-alerts.schedule.ts"),
  ]);
  const expired = () => new Promise((resolve) => setTimeout(resolve, cachedMs));
  const correlated = async (...alerts: object[]) => {
    await request(receive.handler, "POST", "/api/v1/alerts", alerts);
    const messages = await takeAll(sqs, env.ALERTS_QUEUE_URL);
    return metered(() => deliver(correlate.handler, messages));
  };
  const batch = Array.from({ length: alertsAtOnce }, () => alert);

  await correlated(alert);
  // Run twice, so that the incident has its full size.
  await correlated(...batch);
  await expired();
  const none = await correlated(...batch);
  await manyRules();
  await expired();
  const many = await correlated(...batch);
  const cached = await correlated(...batch);
  const suppress = await correlated({ ...alert, service: "service-0", labels: { cluster: "eu-0-a" } });

  const heartbeat = { name: "bench", service: "bench", interval_seconds: 3_600 };
  const { key } = await request(create.handler, "POST", "/api/v1/heartbeats", heartbeat);
  const ping = () => metered(() => request(pings.handler, "POST", `/heartbeats/${key}`));
  await ping();
  const pinged = await ping();
  await expired();
  return {
    none,
    many,
    cached,
    suppress,
    ping: pinged,
    sweep: await metered(() => sweep.handler()),
  };
}

/** Creates a hundred rules and fifty silences with regular expressions, none of which match. */
async function manyRules(): Promise<void> {
  const { ruleStore } = await import("../../shared/runtime/later/stores.ts");
  const now = Date.now();
  const matchers = (index: number) => [
    { field: "service", op: "=", value: `service-${index}` } as const,
    { field: "labels.cluster", op: "=~", value: `(eu|us)-${index}-.*` } as const,
  ];
  const rules = Array.from({ length: 100 }, (_, index) =>
    aRule({ name: `rule ${index}`, matchers: matchers(1_000 + index), team: "other" }),
  );
  await putRoutingRules({ ruleStore: ruleStore() }, rules, null, now);
  for (let index = 0; index < 50; index += 1) {
    await ruleStore().createSilence(
      aSilence({ createdAt: now, matchers: matchers(index), endsAt: now + 3_600_000 }),
    );
  }
}
