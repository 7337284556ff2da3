import { presentTimelineEntry } from "../../../contracts/incidents/timeline.ts";
import type { TimelineEntry } from "../../../domain/incidents/timeline.ts";
import { By } from "../by.tsx";
import { DeliveryShape } from "../marks.tsx";
import { Ago, Moment, Second } from "../time.tsx";
import type { Markup } from "./markup.tsx";

/** Entries that are shown at once. The others unfold. */
const unfolded = 40;

interface TimelineProps {
  /** Oldest first. */
  readonly timeline: readonly TimelineEntry[];
  readonly now: number;
  readonly markup: Markup;
}

/** The timeline of an incident, newest first. */
export function IncidentTimeline({ timeline, now, markup }: TimelineProps) {
  const newest = timeline.toReversed();
  const lines = (entries: readonly TimelineEntry[]) => (
    <ol class="event-list">
      {entries.map((entry) => (
        <Line entry={entry} now={now} markup={markup} />
      ))}
    </ol>
  );
  const earlier = newest.slice(unfolded);
  return (
    <>
      {lines(newest.slice(0, unfolded))}
      {earlier.length > 0 && (
        <details id="earlier">
          <summary>Show {earlier.length} earlier</summary>
          {lines(earlier)}
        </details>
      )}
    </>
  );
}

/** Returns the ID of an entry's subject, so that a refresh keeps its element. */
function idOf(entry: TimelineEntry): string {
  switch (entry.kind) {
    case "event":
      return entry.event.id;
    case "note":
      return entry.note.id;
    case "notification":
      return entry.notification.id;
  }
}

function Line({ entry, now, markup }: { readonly entry: TimelineEntry } & Omit<TimelineProps, "timeline">) {
  const kind = entry.kind === "event" ? entry.event.type : entry.kind;
  return (
    <li id={idOf(entry)} class={kind}>
      <p class="when">
        <Second at={entry.at} /> · <Ago at={entry.at} now={now} />
        {entry.kind === "note" && (
          <>
            {" · note "}
            <By actor={entry.note.author} />
          </>
        )}
      </p>
      <Content entry={entry} markup={markup} />
    </li>
  );
}

function Content({ entry, markup }: { readonly entry: TimelineEntry; readonly markup: Markup }) {
  const { message } = presentTimelineEntry(entry);
  if (entry.kind === "note") return <>{markup(message)}</>;
  if (entry.kind === "event" && entry.event.type === "snoozed")
    return (
      <p>
        Snoozed until <Moment at={entry.event.until} /> <By actor={entry.event.actor} />
      </p>
    );
  if (entry.kind === "event")
    return (
      <p>
        <bdi class="text">{message}</bdi>
      </p>
    );
  const { status, simulated } = entry.notification;
  return (
    <>
      <p>
        <DeliveryShape notification={entry.notification} />
        <bdi>{message}</bdi>
      </p>
      {(status !== "sent" || simulated) && <Trouble entry={entry} />}
    </>
  );
}

/** The reason why a notification was not delivered. */
function Trouble({ entry }: { readonly entry: TimelineEntry & { readonly kind: "notification" } }) {
  const { reason, attempts } = entry.notification;
  const last = attempts.at(-1);
  const why = reason ?? (last && `attempt ${attempts.length}: ${last.detail}`);
  if (why === undefined) return null;
  return (
    <p class="quiet">
      <bdi>{why}</bdi>
    </p>
  );
}
