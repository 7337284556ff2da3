import * as z from "zod";
import type { RecordedAlert } from "../../domain/alerts/alert.ts";
import { parseTags } from "../../domain/alerts/label-edit.ts";
import { NotFound } from "../../domain/errors.ts";
import { alertIdOfIncident } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { formatInstant } from "../../domain/time.ts";
import type { IntegrationContext } from "../../use-cases/ports/integration-context.ts";
import { read } from "../common/read.ts";
import type { Inbound, Reply, Route } from "../integration-type.ts";
import { detailOf, priorityOf } from "./fields.ts";
import { aliasOf, idOf, receiptOf } from "./names.ts";
import { parseQuery, type TimeField, timeOf } from "./query.ts";
import { replied } from "./replies.ts";

type Handler = Route["handle"];

/** Time after which an alert exists that was created by the preceding request. */
const processingMs = 10_000;

/**
 * Returns the status of a request. An alert counts as created once its request is stored. Other requests are
 * done if their alert exists. While one is pending Opsgenie returns 404, and its SDKs retry.
 */
export const requestStatus: Handler = async ({ params: { id = "" } }, context) => {
  const found = receiptOf(id, context);
  if (!found) throw new NotFound("request", id);
  const { alias, status, action, at } = found;
  const success = found.success || (await context.findIncident(alias)) !== undefined;
  if (!success && context.now < at + processingMs)
    return replied(404, { message: "Request not found. It might not be processed, yet." }, id);
  const processed = {
    success,
    status: success ? status : "Alert does not exist",
    action,
    isSuccess: success,
    processedAt: formatInstant(at),
    integrationId: context.integration.id,
    alertId: success ? idOf(alias) : "",
    alias: success ? alias : "",
  };
  return replied(200, { data: processed }, id);
};

export const getAlert: Handler = async (inbound, context) => {
  const { incident, alias } = await findIncident(inbound, context);
  const opening = await context.findAlert(alertIdOfIncident(incident.id));
  return replied(
    200,
    { data: { ...alertOf(incident, context, alias), ...contentOf(opening) } },
    context.ulid(),
  );
};

function wholeNumber(from: number, to: number) {
  const message = `must be a whole number from ${from} to ${to}`;
  return z.coerce.number(message).int(message).min(from, message).max(to, message);
}

const page = z.object({
  offset: wholeNumber(0, 20_000).default(0),
  limit: wholeNumber(1, 100).default(20),
  sort: z.string().default("createdAt"),
  order: z.enum(["asc", "desc"], "must be asc or desc").default("desc"),
});
type Page = z.output<typeof page>;

export const listAlerts: Handler = async ({ query }, context) => {
  const wanted = readPage(query);
  const { offset, limit, order } = wanted;
  const sort = timeFieldOf(wanted.sort);
  const search = parseQuery(query.get("query") ?? "");
  const isNewestFirst = sort === "createdAt" && order === "desc";
  // Other sort orders require reading all alerts.
  const most = isNewestFirst ? offset + limit : Number.POSITIVE_INFINITY;
  const { incidents, isComplete } = await context.incidents({ ...search, most });
  const sorted = isNewestFirst ? incidents : sortedBy(incidents, sort, order);
  const data = sorted.slice(offset, offset + limit).map((incident) => alertOf(incident, context));
  const paging = pagingOf("/v2/alerts", query, wanted, data.length);
  const mayMiss = !isComplete && (!isNewestFirst || data.length < limit);
  return replied(
    200,
    { data, paging: { ...paging, ...(mayMiss && { isIncomplete: true }) } },
    context.ulid(),
  );
};

export const countAlerts: Handler = async ({ query }, context) => {
  const search = parseQuery(query.get("query") ?? "");
  const { incidents, isComplete } = await context.incidents({ ...search, most: Number.POSITIVE_INFINITY });
  const data = { count: incidents.length, ...(!isComplete && { isLowerBound: true }) };
  return replied(200, { data }, context.ulid());
};

export const listNotes: Handler = async (inbound, context) => {
  const { incident } = await findIncident(inbound, context);
  const { notes } = await context.history(incident.id);
  return entriesOf(
    inbound,
    context,
    notes.map(({ id, author, content, createdAt }) => ({
      note: content,
      owner: author ?? "",
      createdAt: formatInstant(createdAt),
      offset: id,
    })),
  );
};

export const listLogs: Handler = async (inbound, context) => {
  const { incident } = await findIncident(inbound, context);
  const { events } = await context.history(incident.id);
  return entriesOf(
    inbound,
    context,
    events.map(({ id, type, actor, at }) => ({
      log: type,
      type: actor === null ? "system" : "alertAction",
      owner: actor ?? "System",
      createdAt: formatInstant(at),
      offset: id,
    })),
  );
};

/** Attachments are not supported, so there are none. */
export const listAttachments: Handler = async (inbound, context) => {
  await findIncident(inbound, context);
  return replied(200, { data: [] }, context.ulid());
};

/** Returns the latest entries of an alert, newest first by default. */
function entriesOf({ query }: Inbound, context: IntegrationContext, oldestFirst: readonly object[]): Reply {
  const limit = read(page.shape.limit, query.get("limit") ?? undefined, "limit");
  const { order } = readPage(new URLSearchParams({ order: query.get("order") ?? "desc" }));
  const sorted = order === "asc" ? oldestFirst : oldestFirst.toReversed();
  return replied(200, { data: sorted.slice(0, limit), paging: {} }, context.ulid());
}

function readPage(query: URLSearchParams): Page {
  return read(page, Object.fromEntries(query));
}

function timeFieldOf(sort: string): TimeField {
  return read(z.enum(["createdAt", "updatedAt", "lastOccurredAt"]).catch("createdAt"), sort, "sort");
}

function sortedBy(incidents: readonly Incident[], field: TimeField, order: Page["order"]): Incident[] {
  const sign = order === "asc" ? 1 : -1;
  return incidents.toSorted((one, other) => sign * (timeOf(one, field) - timeOf(other, field)));
}

function pagingOf(path: string, query: URLSearchParams, { offset, limit }: Page, count: number): object {
  const at = (offset: number) => {
    const next = new URLSearchParams(query);
    next.set("offset", String(offset));
    next.set("limit", String(limit));
    return `${path}?${next}`;
  };
  return {
    first: at(0),
    ...(offset > 0 && { prev: at(Math.max(0, offset - limit)) }),
    ...(count === limit && { next: at(offset + limit) }),
  };
}

/** @throws NotFound */
async function findIncident(
  inbound: Inbound,
  context: IntegrationContext,
): Promise<{ incident: Incident; alias: string }> {
  const alias = aliasOf(inbound, context);
  const incident = await context.findIncident(alias);
  if (!incident) throw new NotFound("alert", alias);
  return { incident, alias };
}

function alertOf(incident: Incident, { integration }: IntegrationContext, alias = incident.dedupKey ?? "") {
  const id = idOf(alias);
  const { id: integrationId, name } = integration;
  return {
    id,
    tinyId: id,
    alias,
    message: incident.title.replace(/^\[[A-Z]+\] /, "").replace(`${incident.service}: `, ""),
    status: incident.status === "resolved" ? "closed" : "open",
    acknowledged: incident.status === "acknowledged",
    isSeen: incident.acknowledgedAt !== null,
    seen: incident.acknowledgedAt !== null,
    snoozed: incident.snoozedUntil !== undefined,
    ...(incident.snoozedUntil !== undefined && { snoozedUntil: formatInstant(incident.snoozedUntil) }),
    tags: [] as readonly string[],
    count: incident.alertCount,
    lastOccurredAt: formatInstant(incident.lastAlertAt ?? incident.createdAt),
    createdAt: formatInstant(incident.createdAt),
    updatedAt: formatInstant(incident.updatedAt),
    source: incident.source,
    owner: incident.assignedTo?.email ?? incident.acknowledgedBy ?? "",
    priority: priorityOf[incident.severity],
    teams: [],
    responders: [],
    integration: { id: integrationId, name, type: "API" },
  };
}

/** Returns further fields of the request that created an alert. */
function contentOf(opening: RecordedAlert | undefined): object {
  if (!opening) return {};
  const { description = "", entity = "", tags = "", ...details } = opening.labels;
  return {
    message: opening.message,
    description: String(description),
    entity: String(entity),
    tags: parseTags(String(tags)),
    details: Object.fromEntries(
      Object.entries(details).map(([name, value]) => [detailOf(name), String(value)]),
    ),
    actions: [],
  };
}
