import type { StepOutput } from "../../infra/operate/step-output.ts";
import { acknowledgeIncidentContract } from "../../shared/contracts/incidents/acknowledge-incident.ts";
import { addNoteContract } from "../../shared/contracts/incidents/add-note.ts";
import { getIncidentMetricsContract } from "../../shared/contracts/incidents/get-incident-metrics.ts";
import { getIncidentStatsContract } from "../../shared/contracts/incidents/get-incident-stats.ts";
import { resolveIncidentContract } from "../../shared/contracts/incidents/resolve-incident.ts";
import { escalateContract } from "../../shared/contracts/oncall/escalate.ts";
import { getCurrentOnCallContract } from "../../shared/contracts/oncall/get-current-on-call.ts";
import { listEscalationsContract } from "../../shared/contracts/oncall/list-escalations.ts";
import { simulateContract } from "../../shared/contracts/oncall/simulate.ts";
import { count } from "../../shared/domain/text/count.ts";
import { firstInstantOf, startOfDay, wallClockAt } from "../../shared/domain/wall-clock.ts";
import type { Shop } from "./shop.ts";
import { nights, owners, type ShopService, schedules } from "./teams.ts";

const stormSize = 200;
const stormConcurrency = 20;

/** Plays an outage from the first alert to the next day's statistics. `run` makes its keys unique. */
export async function playOutage(
  shop: Shop,
  { chapter, say, check }: StepOutput,
  run: string,
): Promise<void> {
  const { call } = shop;

  await chapter("Setup: two teams, three services");
  await shop.configure();
  await shop.resolveLeftovers();
  const onCall = new Map<string, string>();
  for (const { team, timezone = "UTC" } of schedules) {
    const { primary, rotation_type } = await call(getCurrentOnCallContract, { query: { team } });
    onCall.set(team, primary?.email ?? "");
    const services = Object.entries(owners).flatMap(([service, owner]) => (owner === team ? [service] : []));
    say(
      `${team} (${rotation_type} rotation, local time ${timeIn(timezone)}) owns ${services.join(", ")}; on call: ${primary?.name ?? "no one"}`,
    );
  }
  check(![...onCall.values()].includes(""), "both teams have someone on call");

  await chapter("Simulation: who would be paged");
  const simulate = async (service: ShopService, at: number) => {
    const body = { service, severity: "critical", at: new Date(at).toISOString() };
    const { steps } = await call(simulateContract, { body });
    const summary = steps.map(({ at: due, pages }) => {
      const minutes = Math.round((Date.parse(due) - at) / 60_000);
      const people = pages.map(({ name, email }) => name ?? email).join(" and ");
      return minutes === 0 ? `${people} immediately` : `${people} after ${minutes} min`;
    });
    return { summary: summary.join(", "), first: steps[0]?.pages[0]?.email ?? "" };
  };
  for (const service of ["shop-database", "shop-checkout"] as const) {
    const { summary, first } = await simulate(service, Date.now());
    say(`${service}, now: ${summary}`);
    check(
      first === onCall.get(owners[service]),
      `the simulation for ${service} starts with the person on call`,
    );
  }
  const night = await simulate("shop-database", nextNight("Europe/Berlin"));
  say(`shop-database, at 03:00 in Berlin: ${night.summary}`);
  check(
    nights.some(({ email }) => email === night.first),
    "the night layer is on call at night",
  );

  await chapter("The database slows down");
  const slow = {
    service: "shop-database",
    severity: "high",
    message: "Replication lag 40 s",
    dedup_key: `lag-${run}`,
  } as const;
  const database = await shop.incidentOf(await shop.send(slow));
  say(`incident #${database.number} ${database.title}, team ${database.team}`);
  const page = await shop.pageOf(database.id);
  say(
    `page to ${page.recipient} by ${page.channel}${page.simulated ? " (printed to the console)" : ""}, ` +
      `${millisecondsBetween(database.created_at, page.sent_at)} ms after the alert`,
  );
  check(page.recipient === onCall.get("shop-platform"), "the person on call for the database was paged");

  await chapter("The alert gets worse");
  await shop.send({ ...slow, severity: "critical", message: "Primary is read-only" });
  const raised = await shop.incidentWhen(database.id, ({ alert_count }) => alert_count === 2);
  say(`the same incident, now ${raised.severity}, ${raised.alert_count} alerts`);
  check(raised.severity === "critical", "a more severe alert raises the incident's severity");

  await chapter(`Checkout fails: a storm of ${stormSize} alerts`);
  const failing = {
    service: "shop-checkout",
    severity: "critical",
    message: "Payments fail: 38% errors",
    dedup_key: `payments-${run}`,
  } as const;
  const stormStart = performance.now();
  const [first = ""] = await shop.storm(failing, stormSize, stormConcurrency);
  const stormMs = performance.now() - stormStart;
  say(`all accepted in ${Math.round(stormMs)} ms (${Math.round((stormSize / stormMs) * 1_000)} per second)`);
  const checkout = await shop.incidentOf(first);
  const counted = await shop.incidentWhen(checkout.id, ({ alert_count }) => alert_count >= stormSize);
  const checkoutPage = await shop.pageOf(checkout.id);
  say(`incident #${checkout.number} has ${counted.alert_count} alerts; page to ${checkoutPage.recipient}`);
  check(
    (await shop.unresolvedOf("shop-checkout")).length === 1,
    "alerts with the same key share one incident",
  );
  check(counted.alert_count === stormSize, `each of the ${stormSize} alerts is counted exactly once`);
  check((await shop.pagesOf(checkout.id)).length === 1, `${stormSize} alerts send one page`);

  await chapter("The front end sends alerts without a key");
  const symptoms = ["Slow pages", "Timeouts from checkout", "Basket is empty"];
  const ids: string[] = [];
  for (const message of symptoms)
    ids.push(await shop.send({ service: "shop-frontend", severity: "medium", message }));
  const correlated = await Promise.all(ids.map((id) => shop.incidentOf(id)));
  const frontend = await shop.incidentWhen(
    correlated[0]?.id ?? "",
    ({ alert_count }) => alert_count >= symptoms.length,
  );
  say(
    `incident #${frontend.number}: ${frontend.alerts
      .map(({ message }) => message)
      .toReversed()
      .join(", ")}`,
  );
  check(
    new Set(correlated.map(({ id }) => id)).size === 1,
    "alerts without a key are grouped by service and severity",
  );

  await chapter("A responder acknowledges");
  const pagesBefore = (await shop.pagesOf(database.id)).length;
  const actor = page.recipient;
  const acknowledged = await call(acknowledgeIncidentContract, {
    params: { id: database.number },
    body: { actor },
  });
  say(`${actor} acknowledges #${database.number}: time to acknowledge ${acknowledged.mtta_seconds} s`);
  await call(addNoteContract, {
    params: { id: database.id },
    body: { author: actor, content: "Failing over to the replica; checkout depends on it." },
  });
  await shop.send({ ...slow, message: "Replication lag 90 s" });
  const quiet = await shop.incidentWhen(database.id, ({ alert_count }) => alert_count === 3);
  say(`another alert arrives: #${database.number} stays ${quiet.status}`);
  check(quiet.status === "acknowledged", "a new alert keeps an acknowledged incident acknowledged");
  check(quiet.notes.length === 1, "the incident has the note");
  check((await shop.pagesOf(database.id)).length === pagesBefore, "no one is paged again");

  await chapter("Manual escalation");
  const escalation = await call(escalateContract, {
    body: { team: "shop-platform", incident_id: database.id, actor, reason: "The replica lags as well" },
  });
  say(`${actor} escalates #${database.number} manually: ${escalation.message}, level ${escalation.level}`);
  const secondPage = await shop.pageOf(database.id, escalation.escalated_to.email);
  say(`page to ${secondPage.recipient} by ${secondPage.channel}`);
  check(escalation.level === 2, "an acknowledged incident escalates to the next level");
  const { escalations } = await call(listEscalationsContract, { query: { incident_id: database.id } });
  check(
    escalations.some(({ by_hand, reason }) => by_hand && reason !== null),
    "the escalation is recorded with its reason",
  );

  await chapter("Recovery");
  await shop.send({ ...failing, action: "resolve", message: "Payments work again" });
  const ended = await shop.incidentWhen(checkout.id, ({ status }) => status === "resolved");
  say(`#${checkout.number} is resolved by its monitoring`);
  for (const { id } of [database, frontend]) {
    const { number, resolved_by } = await call(resolveIncidentContract, {
      params: { id },
      body: { actor, note: "The replica has taken over" },
    });
    say(`#${number} is resolved by ${resolved_by}`);
  }
  check(ended.mtta_seconds !== null, "resolving without acknowledging also records the time to acknowledge");

  await chapter("Metrics and timeline");
  for (const { id, number, title } of [database, checkout, frontend]) {
    const figures = await call(getIncidentMetricsContract, { params: { id } });
    say(
      `#${number} ${title}: acknowledged after ${figures.mtta_seconds} s, resolved after ${figures.mttr_seconds} s, ` +
        `${count(figures.alert_count, "alert")}, ${count(figures.pages, "page")}`,
    );
    check(
      figures.mtta_seconds !== null &&
        figures.mttr_seconds !== null &&
        figures.mtta_seconds <= figures.mttr_seconds,
      `#${number} has MTTA and MTTR`,
    );
  }
  for (const line of (await shop.incident(database.id)).timeline) say(`  ${line.at}  ${line.message}`);
  const stats = await call(getIncidentStatsContract, { query: { window: "1h" } });
  say(
    `last hour: ${stats.total} incidents, ${stats.open} open; MTTA ${seconds(stats.avg_mtta_seconds)}, ` +
      `MTTR ${seconds(stats.avg_mttr_seconds)} on average`,
  );
  check(stats.resolved >= 3 && stats.avg_mttr_seconds !== null, "the statistics include all three incidents");
  for (const service of ["shop-database", "shop-checkout", "shop-frontend"] as const) {
    check((await shop.unresolvedOf(service)).length === 0, `no incident of ${service} is left open`);
  }
}

/** Returns 03:00 local time after the next midnight. */
function nextNight(timezone: string): number {
  return firstInstantOf(startOfDay(wallClockAt(Date.now(), timezone)) + 27 * 3_600_000, timezone);
}

function timeIn(timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "short" }).format(new Date());
}

function millisecondsBetween(from: string, to: string | null): number {
  return Date.parse(to ?? "") - Date.parse(from);
}

function seconds(value: number | null): string {
  return value === null ? "unknown" : `${value.toFixed(1)} s`;
}
