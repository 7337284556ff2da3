/** Commands on an incident, run by the functions with metered clients. */
import type { TestEmulators } from "../../support/platform/platform.ts";
import type { Counts } from "../counts.ts";
import { deliver, request, takeAll } from "../lambda-events.ts";
import { type Cost, metered } from "../meter.ts";

export interface MeasuredCommand {
  readonly what: string;
  /** Largest counts of the request. A larger count needs a reason here. */
  readonly most: Counts;
  readonly cost: Cost;
}

const team = "lifecycle";
const otherTeam = "lifecycle-others";
const service = team;

/**
 * Measures the request of each command, without the events that follow from it. Requires an installed meter and the
 * emulators' environment.
 */
export async function measureCommands({
  sqs,
  env,
}: Pick<TestEmulators, "sqs" | "env">): Promise<MeasuredCommand[]> {
  const [
    receive,
    correlate,
    onEvent,
    notify,
    plan,
    update,
    acknowledge,
    resolve,
    snooze,
    open,
    reopen,
    merge,
    ask,
  ] = await Promise.all([
    import("../../../functions/alerts/receive-alerts.ts"),
    import("../../../functions/alerts/correlate-alerts.queue.ts"),
    import("../../../functions/incidents/on-incident-event.queue.ts"),
    import("../../../functions/notifications/deliver-notification.queue.ts"),
    import("../../../functions/oncall/schedules/create-schedule.ts"),
    import("../../../functions/incidents/update-incident.ts"),
    import("../../../functions/incidents/acknowledge-incident.ts"),
    import("../../../functions/incidents/resolve-incident.ts"),
    import("../../../functions/incidents/snooze-incident.ts"),
    import("../../../functions/incidents/unacknowledge-incident.ts"),
    import("../../../functions/incidents/reopen-incident.ts"),
    import("../../../functions/incidents/merge-incident.ts"),
    import("../../../functions/incidents/request-responders.ts"),
  ]);
  const take = (queue: string) => takeAll(sqs, env[`${queue}_QUEUE_URL`]);
  for (const name of [team, otherTeam]) {
    const members = ["primary", "secondary"].map((role) => ({
      name: role,
      email: `${role}@${name}.example`,
      role,
    }));
    await request(plan.handler, "POST", "/api/v1/schedules", {
      team: name,
      rotation_type: "weekly",
      members,
    });
  }

  const handleEvents = async () => {
    await deliver(onEvent.handler, await take("INCIDENT_EVENTS"));
    await deliver(notify.handler, await take("NOTIFICATIONS"));
  };
  /** Opens an incident with a dedup key, and pages. @returns its path */
  const happen = async (dedup_key: string): Promise<string> => {
    const alert = { service, severity: "high", message: "Latency above 500 ms", dedup_key };
    await request(receive.handler, "POST", "/api/v1/alerts", alert);
    const alerts = await take("ALERTS");
    await deliver(correlate.handler, alerts);
    await handleEvents();
    const [opened] = alerts.map(({ Body = "{}" }) => JSON.parse(Body).alert.id.replace("alt_", "inc_"));
    return `/api/v1/incidents/${opened}`;
  };
  const measure = async (
    handler: typeof acknowledge.handler,
    method: "PATCH" | "POST",
    path: string,
    body: object,
  ): Promise<Cost> => {
    const cost = await metered(() => request(handler, method, path, body));
    await handleEvents();
    return cost;
  };
  const actor = "primary@lifecycle.example";

  const path = await happen("one");
  const [duplicate, earlier] = [await happen("two"), await happen("three")];
  const into = path.split("/").at(-1);
  await request(resolve.handler, "PATCH", `${earlier}/resolve`, { actor });
  await handleEvents();
  const change = (body: object) => measure(update.handler, "PATCH", path, { ...body, actor });
  const mergeOf = (source: string) => measure(merge.handler, "POST", `${source}/merge`, { into, actor });
  return [
    {
      // As to acknowledge: the incident twice, its move in an index, the event and the entry for the sweep.
      what: "snooze",
      most: { writeUnits: 7, readUnits: 1.5, dynamodbRequests: 5 },
      cost: await measure(snooze.handler, "POST", `${path}/snooze`, { seconds: 3_600, actor }),
    },
    {
      // Three events, and the schedule and the policy of the incident for the page.
      what: "unacknowledge",
      most: { writeUnits: 10, readUnits: 3, dynamodbRequests: 6 },
      cost: await measure(open.handler, "POST", `${path}/unacknowledge`, { actor }),
    },
    {
      // Also the pointers of its keys, the incidents they lead to, and the statistics of its day. A transaction of the
      // incident and its key, so that an alert cannot open another one at the same moment.
      what: "reopen",
      most: { writeUnits: 15, readUnits: 6, dynamodbRequests: 9 },
      cost: await measure(reopen.handler, "POST", `${earlier}/reopen`, { actor }),
    },
    {
      // A transaction takes twice the units of each of its writes.
      what: "merge",
      most: { writeUnits: 17, readUnits: 2, dynamodbRequests: 7 },
      cost: await mergeOf(duplicate),
    },
    {
      // The user and the schedule of the team.
      what: "request a person and a team",
      most: { writeUnits: 7, readUnits: 5, dynamodbRequests: 7 },
      cost: await measure(ask.handler, "POST", `${path}/responders`, {
        emails: ["eva@example.com"],
        teams: [otherTeam],
        actor,
      }),
    },
    {
      // Two services are entries in an index. Its key at the new service is a write of the transaction. Both are read.
      what: "move to another service",
      most: { writeUnits: 15, readUnits: 6, dynamodbRequests: 8 },
      cost: await change({ service: "lifecycle-index", team }),
    },
    {
      // The policy of the new team is a write of the transaction.
      what: "move to another team",
      most: { writeUnits: 14, readUnits: 2, dynamodbRequests: 5 },
      cost: await change({ team: otherTeam }),
    },
    {
      what: "change the urgency to low",
      most: { writeUnits: 7, readUnits: 1, dynamodbRequests: 4 },
      cost: await change({ urgency: "low" }),
    },
    {
      what: "change the urgency to high, which pages",
      most: { writeUnits: 8, readUnits: 3, dynamodbRequests: 6 },
      cost: await change({ urgency: "high" }),
    },
    {
      what: "change title, severity and description, with a note",
      most: { writeUnits: 17, readUnits: 1, dynamodbRequests: 4 },
      cost: await change({ title: "Slow", severity: "critical", description: "since noon", note: "on it" }),
    },
    {
      // The note, with its entry for the sweep, and the timeline for a repeat of the request.
      what: "acknowledge with a note, when it is acknowledged",
      most: { writeUnits: 4, readUnits: 4, dynamodbRequests: 5 },
      cost: await (async () => {
        await measure(acknowledge.handler, "PATCH", `${path}/acknowledge`, { actor });
        return measure(acknowledge.handler, "PATCH", `${path}/acknowledge`, { actor, note: "still on it" });
      })(),
    },
  ];
}
