import { AlreadyExists } from "../domain/errors.ts";
import { idPrefixes } from "../domain/ids.ts";
import type { Incident } from "../domain/incident.ts";
import type { Notification } from "../domain/notification.ts";
import { onCallAt, onCallRoles } from "../domain/schedule.ts";
import type {
  Digest,
  IncidentStore,
  Log,
  NotificationQueue,
  NotificationStore,
  ScheduleStore,
} from "./ports.ts";

export interface PageOnCallDeps {
  readonly incidents: IncidentStore;
  readonly schedules: ScheduleStore;
  readonly notifications: NotificationStore;
  readonly notificationQueue: NotificationQueue;
  readonly digest: Digest;
  readonly log: Log;
  /** Who is paged when nobody is on call. */
  readonly fallbackEmail: string;
}

/** Pages whoever is on call for an open incident; deciding it again pages nobody a second time. */
export async function pageOnCall(deps: PageOnCallDeps, incident: Incident, now: number): Promise<void> {
  if (incident.status !== "open") return;
  const schedule = await deps.schedules.findByTeam(incident.team);
  const onCall = onCallRoles.map((role) => schedule && onCallAt(schedule, role, now)).find(Boolean);
  if (!onCall) await recordCoverageGap(deps, incident);
  const page = pageOf(incident, onCall?.person.email ?? deps.fallbackEmail, deps.digest, now);
  await deps.notifications.create(page).catch((error) => {
    if (!(error instanceof AlreadyExists)) throw error;
  });
  await deps.notificationQueue.send([page.id]);
}

function pageOf(incident: Incident, recipient: string, digest: Digest, now: number): Notification {
  const channel = "email";
  const decision = [incident.id, "pass 1", "level 1", recipient, channel];
  return {
    id: idPrefixes.notification + digest(JSON.stringify(decision)),
    incidentId: incident.id,
    channel,
    recipient,
    message: `#${incident.number} ${incident.title}`,
    severity: incident.severity,
    metadata: { incident_number: incident.number, service: incident.service, team: incident.team },
    status: "queued",
    attempts: [],
    createdAt: now,
    sentAt: null,
    claimedUntil: null,
    version: 0,
  };
}

async function recordCoverageGap(deps: PageOnCallDeps, incident: Incident): Promise<void> {
  deps.log.warn("coverage gap", { incident_id: incident.id, team: incident.team });
  await deps.incidents.appendEvents([
    {
      id: incident.id.replace(idPrefixes.incident, idPrefixes.event).concat("-coverage-gap"),
      incidentId: incident.id,
      at: incident.createdAt,
      actor: null,
      type: "coverage_gap",
      team: incident.team,
    },
  ]);
}
