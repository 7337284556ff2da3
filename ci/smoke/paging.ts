import type { Call } from "../../infra/api-client.ts";
import type { Narrator } from "../../infra/operate/narrator.ts";
import { alertingOn } from "../../localstack/demo/alerting.ts";
import { acknowledgeIncidentContract } from "../../shared/contracts/incidents/acknowledge-incident.ts";
import { resolveIncidentContract } from "../../shared/contracts/incidents/resolve-incident.ts";
import { createScheduleContract } from "../../shared/contracts/oncall/schedules/create-schedule.ts";
import { deleteScheduleContract } from "../../shared/contracts/oncall/schedules/delete-schedule.ts";

const actor = "smoke test";

/**
 * Checks an alert, its incident, page, acknowledgement and resolution, with a temporary team.
 *
 * @param run unique suffix of this run's names
 */
export async function checkPaging(
  call: Call,
  { check, say }: Narrator,
  { run, email }: { readonly run: string; readonly email: string },
): Promise<void> {
  // A service without an owner belongs to the team of the same name.
  const name = `smoke-${run}`;
  const alerting = alertingOn(call, "smoke");
  await call(createScheduleContract, {
    body: { team: name, rotation_type: "weekly", members: [{ name: "Smoke Test", email, role: "primary" }] },
  });
  say(`on call for ${name}: ${email}`);
  let incidentId: string | undefined;
  try {
    const alert = {
      service: name,
      severity: "low",
      message: "Nothing is wrong: a smoke test",
      dedup_key: name,
    };
    const alertId = await alerting.send(alert);
    say(`alert ${alertId} is accepted`);

    const { id, number, team, created_at } = await alerting.incidentOf(alertId);
    incidentId = id;
    check(team === name, `it opened incident #${number} of team ${team}`);

    const page = await alerting.pageOf(id);
    const tookMs = Date.parse(page.sent_at ?? "") - Date.parse(created_at);
    check(page.recipient === email, `${page.recipient} was paged by ${page.channel} within ${tookMs} ms`);

    await alerting.send({ ...alert, message: "Still nothing" });
    const repeated = await alerting.incidentWhen(id, ({ alert_count }) => alert_count === 2);
    check(
      (await alerting.pagesOf(id)).length === 1,
      `${repeated.alert_count} alerts of one key make one page`,
    );

    const acknowledged = await call(acknowledgeIncidentContract, { params: { id }, body: { actor } });
    check(acknowledged.status === "acknowledged", `acknowledged after ${acknowledged.mtta_seconds} s`);

    await alerting.send({ ...alert, action: "resolve" });
    const resolved = await alerting.incidentWhen(id, ({ status }) => status === "resolved");
    check(resolved.mttr_seconds !== null, `resolved after ${resolved.mttr_seconds} s, by an alert`);
    const kinds = new Set(resolved.timeline.map(({ type }) => type));
    check(kinds.size >= 3, `its timeline tells it: ${[...kinds].join(", ")}`);
  } finally {
    if (incidentId) await call(resolveIncidentContract, { params: { id: incidentId }, body: { actor } });
    await call(deleteScheduleContract, { params: { team: name } });
    say("cleaned up: the team is gone, the incident resolved");
  }
}
