/**
 * Actions on an alert. Each is queued behind the request that creates the alert, so it applies even if it
 * follows immediately. Unsupported details become a note on the incident.
 */

import * as z from "zod";
import type { FollowUpChange } from "../../domain/alerts/follow-up.ts";
import { boundedLabels, cut } from "../../domain/integrations/draft.ts";
import { limits } from "../../domain/limits.ts";
import { formatMinute, parseInstant } from "../../domain/time.ts";
import type { IntegrationContext } from "../../use-cases/ports/integration-context.ts";
import { read } from "../common/read.ts";
import type { Inbound, Route } from "../integration-type.ts";
import { deed, labelOfDetail, priority, required, tags, text } from "./fields.ts";
import { aliasOf } from "./names.ts";
import { accepted } from "./replies.ts";

type Handler = Route["handle"];

/** Changes of an action, besides its note. */
interface Outcome extends Omit<FollowUpChange, "actor" | "note"> {
  /** Stored as a note. */
  readonly text?: string;
}

/** Acknowledges or closes an alert. */
function moving(action: "acknowledge" | "resolve", name: string, status: string): Handler {
  return async (inbound, context) => {
    const alias = aliasOf(inbound, context);
    const { user, source, note } = readDeed(inbound);
    const actor = user || source || null;
    await context.take([
      {
        action,
        message: note || status,
        severity: (await context.findIncident(alias))?.severity ?? "medium",
        dedupKey: alias,
        source: actor ?? undefined,
      },
    ]);
    if (note) await context.followUp(alias, followUpOf(actor, note));
    return accepted(context, { alias, success: false, status, action: name });
  };
}

/** Changes an alert as requested. */
function changing(
  name: string,
  status: string,
  outcomeOf: (inbound: Inbound, context: IntegrationContext) => Outcome,
): Handler {
  return async (inbound, context) => {
    const { text: summary, ...change } = outcomeOf(inbound, context);
    const alias = aliasOf(inbound, context);
    const { user, source, note } = readDeed(inbound);
    const written = [summary, note].filter(Boolean).join(" ");
    await context.followUp(alias, followUpOf(user || source || null, written, change));
    return accepted(context, { alias, success: false, status, action: name });
  };
}

/** Returns a change of the incident with the request's note. */
export function followUpOf(
  actor: string | null,
  note: string,
  change: Omit<Outcome, "text"> = {},
): FollowUpChange {
  return {
    ...change,
    actor: actor === null ? null : cut(actor, limits.personNameLength),
    note: note === "" ? null : cut(note, limits.noteLength),
  };
}

/** Reads the actor from the body or the query. An empty body may be omitted. */
function readDeed({ json, query }: Inbound): z.output<typeof deed> {
  const { user, source, note } = read(deed, json() ?? {});
  return {
    user: user || query.get("user"),
    source: source || query.get("source"),
    note: note || query.get("note"),
  };
}

export const acknowledge = moving("acknowledge", "Acknowledge", "Alert acknowledged");
export const close = moving("resolve", "Close", "Alert closed");
export const remove = moving("resolve", "Delete", "Deleted alert");

export const addNote = changing("Add Note", "Note added to alert", ({ json }) => {
  read(deed.extend({ note: required }), json());
  return {};
});

/** Opens the incident again, which pages from the first rule. */
export const unacknowledge = changing("UnAcknowledge", "Alert unacknowledged", () => ({
  unacknowledge: true,
}));

/** Snoozes the incident. One that would be snoozed longer than this platform allows is open again after that. */
export const snooze = changing("Snooze", "Alert snoozed", ({ json }, { now }) => {
  const { endTime } = read(deed.extend({ endTime: required }), json());
  const until = read(
    z
      .number("must be a time such as 2026-11-23T10:00:00Z")
      .refine((at) => at > now, "must be later than now"),
    parseInstant(endTime),
    "endTime",
  );
  const latest = now + limits.longestSnoozeSeconds * 1_000;
  return until <= latest
    ? { snoozeUntil: until }
    : {
        snoozeUntil: latest,
        text: `Snoozed for 7 days, the longest time, instead of until ${formatMinute(until)}.`,
      };
});

export const changePriority = changing("Update Priority", "Updated priority", ({ json }) => ({
  severity: read(z.object({ priority }), json()).priority,
}));

export const changeMessage = changing("Update message", "Updated message", ({ json }) => ({
  message: read(z.object({ message: required }), json()).message,
}));

export const changeDescription = changing("Update description", "Updated description", ({ json }) => ({
  description: read(z.object({ description: required }), json()).description,
}));

const someTags = tags
  .transform((list) => list.filter((tag) => tag !== ""))
  .pipe(z.array(z.string()).min(1, "can not be empty"));

export const addTags = changing("Add Tags", "Tags added to alert", ({ json }) => {
  const { tags: added } = read(z.object({ tags: someTags }), json());
  return { labels: { tags: { added, removed: [] } } };
});

export const removeTags = changing("Remove Tags", "Tags removed from alert", ({ query }) => {
  const removed = read(someTags, query.get("tags") ?? "", "tags");
  return { labels: { tags: { added: [], removed } } };
});

const someDetails = z
  .record(z.string(), z.unknown(), "can not be empty")
  .refine((details) => Object.keys(details).length > 0, "can not be empty");

export const addDetails = changing("Add Details", "Details added to alert", ({ json }) => {
  const { details } = read(z.object({ details: someDetails }), json());
  const named = Object.entries(details).map(([name, value]) => [labelOfDetail(name), value]);
  return { labels: { set: boundedLabels(Object.fromEntries(named)) } };
});

export const removeDetails = changing("Remove Details", "Details removed from alert", ({ query }) => {
  const removed = read(someTags, query.get("keys") ?? "", "keys");
  return { labels: { removed: removed.map(labelOfDetail) } };
});

/** A reference to a person or object by name, username or ID. */
const reference = z
  .object({ name: text, username: text, id: text }, "can not be empty")
  .transform(({ name, username, id }) => name || username || id || "")
  .pipe(z.string().regex(/\S/, "can not be empty"));

export const assign = changing("Assign", "Alert assigned", ({ json }) => {
  const { owner } = read(z.object({ owner: reference }), json());
  return { assignedTo: cut(owner, limits.emailLength) };
});

export const escalate = changing("Escalate to Next", "Escalated to next rule", ({ json }) => {
  read(z.object({ escalation: reference }), json());
  return { escalate: true };
});

export const addResponder = changing("Add Responder", "Responder added to alert", ({ json }) => {
  const { responder } = read(z.object({ responder: reference }), json());
  return { text: `${responder} was added as a responder through Opsgenie's API. No one was paged for it.` };
});

export const addTeam = changing("Add Team", "Team added to alert", ({ json }) => {
  const { team } = read(z.object({ team: reference }), json());
  return { text: `The team ${team} was added through Opsgenie's API. No one was paged for it.` };
});

export const customAction = changing(
  "Custom Action",
  "Custom action executed",
  ({ params: { name = "" } }) => ({
    text: `The custom action "${cut(name, limits.sourceLength)}" was requested through Opsgenie's API. It was not executed.`,
  }),
);
