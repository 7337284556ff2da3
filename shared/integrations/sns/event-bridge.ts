/** AWS events delivered by EventBridge: GuardDuty, Health, ECS, Backup and many more. */

import * as z from "zod";
import type { MonitoringEvent } from "../../domain/integrations/monitoring-event.ts";
import { parseInstant } from "../../domain/time.ts";
import { withClientLabels } from "../common/labels.ts";
import { namedFields } from "../common/named-fields.ts";

export type FoundEvent = Pick<MonitoringEvent, "message"> & {
  readonly [Field in Exclude<keyof MonitoringEvent, "message">]?: MonitoringEvent[Field] | undefined;
};

const text = z.string().nullish().catch(undefined);

const eventBridge = z.object({
  "detail-type": z.string().min(1),
  source: z.string(),
  account: text,
  region: text,
  time: text,
  resources: z.array(z.string()).catch([]),
  detail: z.record(z.string(), z.unknown()),
});

/** Subject fields of events without resources: Trusted Advisor, Health, CloudTrail and Config. */
const subjects = ["check-name", "eventTypeCode", "eventName", "configRuleName"];
/** Fields that are equal for events about the same problem. */
const identities = [
  "eventArn",
  "arn",
  "findingArn",
  "id",
  "findingId",
  "anomalyId",
  "resource_id",
  "resourceId",
];

/** Returns undefined if the content is not an EventBridge event. */
export function eventOfEventBridge(content: object): FoundEvent | undefined {
  const event = eventBridge.safeParse(content).data;
  if (!event) return undefined;
  const { "detail-type": what, source, account, region, time, resources, detail } = event;
  const { message, severity, action, labels } = namedFields(detail, mappingOf(detail));
  const about = resources[0] ?? firstText(detail, subjects) ?? message;
  const identity = firstText(detail, identities) ?? message ?? JSON.stringify(detail);
  const description = resources.length > 0 ? undefined : descriptionOf(detail);
  return {
    message: [what, about].filter(Boolean).join(": "),
    details: description,
    severity: source === "aws.guardduty" ? guardDutySeverity(detail.severity) : severity,
    action,
    dedupKey: JSON.stringify([source, what, ...(resources.length > 0 ? resources : [identity])]),
    source,
    timestamp: parseInstant(time ?? ""),
    labels: withClientLabels(
      { account, region, resources: resources.join(" ") || undefined },
      withClientLabels(detail, labels, "label_"),
      "detail_",
    ),
  };
}

/** Health reports the end of a problem in `statusCode`. */
function mappingOf(detail: Readonly<Record<string, unknown>>): Parameters<typeof namedFields>[1] {
  return "statusCode" in detail ? { action: "statusCode" } : {};
}

function firstText(detail: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  return names.map((name) => detail[name]).find((value) => typeof value === "string" && value !== "") as
    | string
    | undefined;
}

const healthDescription = z.array(z.object({ latestDescription: z.string() })).min(1);

function descriptionOf(detail: Readonly<Record<string, unknown>>): string | undefined {
  return (
    healthDescription.safeParse(detail.eventDescription).data?.[0]?.latestDescription ??
    firstText(detail, ["description"])
  );
}

/** GuardDuty severities: critical from 9, high from 7, medium from 4. */
function guardDutySeverity(value: unknown): MonitoringEvent["severity"] | undefined {
  if (typeof value !== "number") return undefined;
  return value >= 9 ? "critical" : value >= 7 ? "high" : value >= 4 ? "medium" : "low";
}
