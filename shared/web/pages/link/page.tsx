/** The incident of a link in a message. It works without a session: the link is limited to this incident. */
import { type LinkForm, linkForm, type redirectedActions } from "../../../contracts/web/link.ts";
import { Conflict, Invalid, NotFound } from "../../../domain/errors.ts";
import { eventLabel } from "../../../domain/incidents/event-labels.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { chosenEnd } from "../../../domain/incidents/snooze/snooze-choice.ts";
import type { TimelineEntry } from "../../../domain/incidents/timeline.ts";
import type { Notification } from "../../../domain/notifications/notification.ts";
import type { ConfirmLink, Link } from "../../../http/tokens/links.ts";
import type { addNote } from "../../../use-cases/incidents/add-note.ts";
import type { findIncident } from "../../../use-cases/incidents/find-incident.ts";
import type { readIncident } from "../../../use-cases/incidents/read-incident.ts";
import type { respondToIncident } from "../../../use-cases/incidents/respond-to-incident.ts";
import type {
  confirmNotification,
  findConfirmable,
} from "../../../use-cases/notifications/confirm-notification.ts";
import type { escalateManually } from "../../../use-cases/oncall/escalate.ts";
import type { readPaging } from "../../../use-cases/oncall/read-paging.ts";
import { capitalize } from "../../components/capitalize.ts";
import { loadMarkup } from "../../components/incident/markup.tsx";
import { isolate } from "../../components/isolate.ts";
import { parseForm, readForm } from "../../site/forms/form.ts";
import type { Shown } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { kindNames } from "../notifications/notification-labels.ts";
import { ConfirmView } from "./confirm-view.tsx";
import { type LinkNotice, LinkView } from "./view.tsx";

/** Entries of the timeline, and alerts, on the page. */
const entriesShown = 20;

type Redirected = (typeof redirectedActions)[number];

interface LinkRequest {
  readonly params: { readonly token: string };
  /** Epoch milliseconds. */
  readonly now: number;
}

interface ShowUseCases {
  /** Reads a token. Throws for one that is expired or not signed. */
  readonly openLink: (token: string, now: number) => Promise<Link | ConfirmLink>;
  readonly findNotification: Wired<typeof findConfirmable>;
  readonly readIncident: Wired<typeof readIncident>;
  readonly readPaging: Wired<typeof readPaging>;
}

interface FollowUseCases extends ShowUseCases {
  readonly findIncident: Wired<typeof findIncident>;
  readonly respondToIncident: Wired<typeof respondToIncident>;
  readonly escalateManually: Wired<typeof escalateManually>;
  readonly addNote: Wired<typeof addNote>;
  readonly confirmNotification: Wired<typeof confirmNotification>;
}

/** Leads to the page of the link again, so that loading it again does not repeat the action. */
export interface LinkRedirect {
  /** Relative to the address of the link. */
  readonly to: string;
}

/** Shows the incident of a link. Changes nothing. */
export async function showLink(
  {
    params,
    query: { done },
    now,
  }: LinkRequest & { readonly query: { readonly done?: Redirected | undefined } },
  useCases: ShowUseCases,
): Promise<Shown> {
  const link = await useCases.openLink(params.token, now);
  if (link.action === "confirm")
    return confirmPage(await useCases.findNotification(link.notificationId), link.actor);
  return linkPage(link, now, useCases, (timeline, incident) =>
    done === undefined ? null : resultOf(done, timeline, incident),
  );
}

/** Acts on the incident of a link: as the pressed button says, otherwise as the link does. */
export async function followLink(
  { params, body, now }: LinkRequest & { readonly body: string },
  useCases: FollowUseCases,
): Promise<Shown | LinkRedirect> {
  const link = await useCases.openLink(params.token, now);
  if (link.action === "confirm") {
    const answer = { detail: "confirmed by the link in the message", providerId: "link" };
    return confirmPage(await useCases.confirmNotification(link.notificationId, answer, now), link.actor);
  }
  const { incidentId, actor } = link;
  const explain = (text: string, status: 409 | 422) =>
    linkPage(link, now, useCases, () => ({ kind: "trouble", text, status }));
  let form: LinkForm | null;
  try {
    form = formOf(link, body);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return explain(error.faults.map(({ path, message }) => `${capitalize(path)} ${message}.`).join(" "), 422);
  }
  if (form === null)
    return explain("Nothing was changed, because no action was selected. Press a button.", 422);
  switch (form.do) {
    case "acknowledge":
    case "resolve": {
      const { outcome } = await useCases.respondToIncident(incidentId, form.do, actor, now);
      return linkPage(link, now, useCases, () => ({ kind: "responded", action: form.do, outcome }));
    }
    case "snooze": {
      const snoozeUntil = chosenEnd(form.for, now);
      const { outcome } = await useCases.respondToIncident(incidentId, { snoozeUntil }, actor, now);
      return outcome === "done"
        ? { to: "?done=snooze" }
        : explain("Not snoozed, because the incident is resolved.", 409);
    }
    case "note":
      await useCases.addNote(incidentId, { author: actor, content: form.content }, now);
      return { to: "?done=note" };
    case "escalate": {
      const { reason = null } = form;
      const { team } = await useCases.findIncident(incidentId);
      try {
        await useCases.escalateManually({ team, incidentId, reason, actor }, now);
      } catch (error) {
        // No one can be reached, the team has no schedule, or the incident is resolved.
        if (!(error instanceof Conflict || error instanceof NotFound)) throw error;
        return explain(`Not escalated: ${error.message}.`, 409);
      }
      return { to: "?done=escalate" };
    }
  }
}

/** Returns the action of the form, or else of the link; null if neither names one. @throws Invalid */
function formOf({ action }: Link, body: string): LinkForm | null {
  const fields = readForm(body);
  if (fields.has("do")) return parseForm(linkForm, fields);
  return action === "view" ? null : { do: action };
}

/** Shows the message that a link confirms. It changes nothing until its button is pressed, because scanners open links. */
function confirmPage(notification: Notification, actor: string): Shown {
  return {
    title: kindNames[notification.kind],
    content: <ConfirmView notification={notification} actor={actor} />,
  };
}

/** Reads what the page of the incident reads, about 60 units at most, and the paging. */
async function linkPage(
  link: Link,
  now: number,
  { readIncident, readPaging }: ShowUseCases,
  noticeOf: (timeline: readonly TimelineEntry[], incident: Incident) => LinkNotice | null,
): Promise<Shown> {
  const { incident, alerts, timeline, notes } = await readIncident(link.incidentId);
  const { next } = await readPaging(incident, now);
  const latest = timeline.slice(-entriesShown);
  const notice = noticeOf(timeline, incident);
  return {
    title: `Incident #${incident.number}`,
    status: statusOf(notice),
    content: (
      <LinkView
        link={link}
        incident={incident}
        alerts={alerts}
        timeline={latest}
        next={next}
        now={now}
        markup={await loadMarkup([incident.description ?? "", ...notes.map(({ content }) => content)])}
        notice={notice}
      />
    ),
  };
}

/** Returns the result of an action before the redirect. */
function resultOf(
  done: Redirected,
  timeline: readonly TimelineEntry[],
  { snoozedUntil }: Incident,
): LinkNotice | null {
  if (done === "snooze") return snoozedUntil === undefined ? null : { kind: "snoozed", until: snoozedUntil };
  if (done === "note") return { kind: "done", text: "Added the note." };
  const escalated = timeline
    .flatMap((entry) => (entry.kind === "event" ? entry.event : []))
    .findLast(({ type }) => type === "escalated");
  return escalated ? { kind: "done", text: `${eventLabel(escalated, isolate)}.` } : null;
}

function statusOf(notice: LinkNotice | null): number {
  if (notice?.kind === "trouble") return notice.status;
  return notice?.kind === "responded" && notice.outcome === "too_late" ? 409 : 200;
}
