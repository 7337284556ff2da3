import type { Driver } from "./driver.ts";
import { email, service, team, unassignedIncident } from "./names.ts";

export interface KnownIncident {
  readonly id: string;
  readonly alert: string;
  readonly notification: string;
}

/** Follows an incident from its alert to its resolution. */
export async function driveIncident(driver: Driver): Promise<KnownIncident> {
  const { send, ask, pump, wait } = driver;
  const body = { service, severity: "high", message: "down", dedup_key: "one" };
  const alert = await ask("receive-alerts", { body });
  await send("receive-alerts", { body: { ...body, dedup_key: "two", labels: { env: "test" } } });
  await pump();
  await send("get-alert", { params: { alert_id: alert.alert_id ?? "" } });
  await send("list-alerts");
  const list = await send("list-incidents", { query: "status=open" });
  const { incidents } = list.json<{ incidents: { id: string; number: number }[] }>();
  const number = incidents[0]?.number;
  const params = { id: incidents[0]?.id ?? "" };
  for (const filter of ["", "severity=high", `service=${service}`, `team=${team}`])
    await send("list-incidents", { query: filter });
  for (const incident of [params.id, number]) await send("list-alerts", { query: `incident_id=${incident}` });
  wait(301);
  await pump();
  await send("update-incident", { params });
  await send("add-note", { params });
  await send("escalate", { body: { team, incident_id: params.id } });
  await pump();
  for (const filter of ["", `team=${team}`, `incident_id=${params.id}`, `incident_id=${number}`])
    await send("list-escalations", { query: filter });
  // Acknowledging and snoozing assign to a person of the team's schedule.
  for (const name of ["update-incident", "acknowledge-incident", "snooze-incident"]) {
    const { id = "" } = await ask("create-incident", { body: unassignedIncident });
    await send(name, {
      params: { id },
      body: {
        ...(name === "update-incident" && { status: "acknowledged" }),
        ...(name === "snooze-incident" && { until: "next_working_morning" }),
      },
    });
  }
  const { id: duplicate = "" } = await ask("create-incident", { body: unassignedIncident });
  for (const note of [null, "the same"])
    await send("merge-incident", { params: { id: duplicate }, body: { into: params.id, note } });
  await pump();
  await send("request-responders", { params, body: { emails: [email], teams: [team], message: "help" } });
  await pump();
  const other = { id: incidents[1]?.id ?? "" };
  for (const changes of [{ service: "elsewhere" }, { team }, { urgency: "low" }, { urgency: "high" }])
    await send("update-incident", { params: other, body: changes });
  await pump();
  await send("get-incident", { params });
  await send("get-timeline", { params });
  await send("get-incident-metrics", { params });
  const notification = await ask("create-notification", {
    body: { incident_id: params.id, recipient: email, message: "down" },
  });
  await pump();
  await send("get-notification", { params: { id: notification.id ?? "" } });
  await send("get-proof", { params: { id: notification.id ?? "" } });
  for (const filter of [
    "",
    `incident_id=${params.id}`,
    `incident_id=${number}`,
    "status=sent",
    `recipient=${email}`,
    "channel=console",
  ])
    await send("list-notifications", { query: filter });
  await send("snooze-incident", { params });
  await pump();
  await send("unacknowledge-incident", { params });
  await send("resolve-incident", { params });
  await pump();
  await send("resolve-incident", { params, body: { note: "for good" } });
  await send("reopen-incident", { params });
  await pump();
  await send("resolve-incident", { params });
  await pump();
  await send("receive-alerts", { body: { ...body, action: "resolve", dedup_key: "two" } });
  await pump();
  // The alert resolves the other incident only if its key still leads there.
  await send("resolve-incident", { params: other });
  const { id: into = "" } = await ask("create-incident");
  await pump();
  // Its key may lead elsewhere, because it is resolved.
  await send("merge-incident", { params: other, body: { into } });
  await pump();
  await send("get-incident-stats");
  return { id: params.id, alert: alert.alert_id ?? "", notification: notification.id ?? "" };
}

/** Opens more incidents than a person is paged for one by one, and lets them escalate and resolve by themselves. */
export async function driveStorm({ send, pump, sweep, wait }: Driver): Promise<void> {
  const receive = async (...keys: string[]) => {
    for (const dedup_key of keys)
      await send("receive-alerts", { body: { service, severity: "high", message: "down", dedup_key } });
    await pump();
  };
  await receive("three", "four");
  wait(1_000);
  await sweep();
  await pump();
  wait(4_000);
  await pump();
  await receive("five");
  wait(8_000);
  await sweep();
  await pump();
}

/** Lets the time of an incident's automatic resolution come although an alert has arrived since, for two incidents. */
export async function driveLateAlerts({ send, pump, sweep, wait }: Driver): Promise<void> {
  for (const isQueueLate of [true, false]) {
    const body = { service, severity: "low", message: "odd", dedup_key: `late ${isQueueLate}` };
    await send("receive-alerts", { body });
    await pump();
    wait(1_800);
    await send("receive-alerts", { body });
    await pump();
    wait(1_801);
    if (isQueueLate) await sweep("sweep-timers");
    await pump();
  }
}

/** Leaves an event of an incident unpublished, as if its function had crashed. */
export async function driveLostEvent({ send, pump, sweep, wait, recorder }: Driver): Promise<void> {
  recorder.queues.refuse(() => true);
  await send("create-incident");
  recorder.queues.refuse(() => false);
  wait(600);
  await sweep();
  await pump();
}
