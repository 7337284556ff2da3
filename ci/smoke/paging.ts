import type { Call } from "../../infra/api-client.ts";
import type { StepOutput } from "../../infra/operate/step-output.ts";
import { alertingOn } from "../../localstack/demo/alerting.ts";
import { acknowledgeIncidentContract } from "../../shared/contracts/incidents/acknowledge-incident.ts";
import { resolveIncidentContract } from "../../shared/contracts/incidents/resolve-incident.ts";
import { createScheduleContract } from "../../shared/contracts/oncall/schedules/create-schedule.ts";
import { deleteScheduleContract } from "../../shared/contracts/oncall/schedules/delete-schedule.ts";

const actor = "smoke test";

/**
 * Sends an alert and follows it to a page, an acknowledgement and the resolved incident, with a temporary team.
 *
 * @param run unique part of the names that it creates
 */
export async function checkPaging(
  call: Call,
  { check, say }: StepOutput,
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
      message: "Smoke test, no action needed",
      dedup_key: name,
    };
    const alertId = await alerting.send(alert);
    say(`accepted alert ${alertId}`);

    const { id, number, team, created_at } = await alerting.incidentOf(alertId);
    incidentId = id;
    check(team === name, `opened incident #${number} of team ${team}`);

    const page = await alerting.pageOf(id);
    const tookMs = Date.parse(page.sent_at ?? "") - Date.parse(created_at);
    check(page.recipient === email, `paged ${page.recipient} by ${page.channel} after ${tookMs} ms`);

    await alerting.send({ ...alert, message: "Smoke test, second alert" });
    const repeated = await alerting.incidentWhen(id, ({ alert_count }) => alert_count === 2);
    check(
      (await alerting.pagesOf(id)).length === 1,
      `sent one page for ${repeated.alert_count} alerts with the same key`,
    );

    const acknowledged = await call(acknowledgeIncidentContract, { params: { id }, body: { actor } });
    check(acknowledged.status === "acknowledged", `acknowledged after ${acknowledged.mtta_seconds} s`);

    await alerting.send({ ...alert, action: "resolve" });
    const resolved = await alerting.incidentWhen(id, ({ status }) => status === "resolved");
    check(resolved.mttr_seconds !== null, `resolved by an alert after ${resolved.mttr_seconds} s`);
    const kinds = new Set(resolved.timeline.map(({ type }) => type));
    check(kinds.size >= 3, `timeline contains ${[...kinds].join(", ")}`);
  } finally {
    if (incidentId) await call(resolveIncidentContract, { params: { id: incidentId }, body: { actor } });
    await call(deleteScheduleContract, { params: { team: name } });
    say("cleaned up: deleted the team, resolved the incident");
  }
}
