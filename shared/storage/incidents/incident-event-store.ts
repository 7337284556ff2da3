import * as z from "zod";
import { ignoreExisting, ignoreStale } from "../../domain/errors.ts";
import type { IncidentEvent, Note } from "../../domain/incidents/incident-event.ts";
import { limits } from "../../domain/limits.ts";
import { incidentEventSchema } from "../../messages/incident-changed.ts";
import type { IncidentEventStore } from "../../use-cases/ports/incidents.ts";
import { readEarliestFirst } from "../earliest-first.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { historyPrefixes, keys, partitions } from "../keys.ts";
import { keptFor } from "../retention.ts";
import type { Table } from "../table.ts";

export const eventEntity = entity<IncidentEvent>({
  name: "event",
  schema: incidentEventSchema,
  key: ({ incidentId, id }) => keys.event(incidentId, id),
  indexes: (event) =>
    event.type === "escalated"
      ? {
          gsi1: partitions.escalations,
          gsi2: partitions.escalationsOfIncident(event.incidentId),
          gsi4: partitions.escalationsOfTeam(event.team),
        }
      : {},
  sort: ({ id }) => id,
});

interface StoredNote extends Note {
  /** True while its event is pending. */
  readonly toPublish: boolean;
}

export const noteEntity = entity<StoredNote>({
  name: "note",
  schema: z.object({
    id: z.string(),
    incidentId: z.string(),
    author: z.string().nullable(),
    content: z.string(),
    createdAt: z.number(),
    thread: z.string().optional(),
    toPublish: z.boolean().default(false),
  }),
  key: ({ incidentId, id }) => keys.note(incidentId, id),
  indexes: ({ toPublish }) => ({ gsi6: toPublish ? partitions.notesToPublish : undefined }),
  sort: ({ id }) => id,
});

function noteOf({ toPublish, ...note }: StoredNote): Note {
  return note;
}

const latest = { limit: limits.timelineEntries, after: null, bytes: limits.embeddedBytes };

/** @param eventsKeptDays retention of events; 0 keeps them permanently, as incidents are */
export function incidentEventStore(table: Table, eventsKeptDays = 0): IncidentEventStore {
  const keptEvent = keptFor(eventsKeptDays, eventEntity, ({ at }) => at);
  const events = entityStore(table, keptEvent, { label: ({ id }) => `Event ${id}` });
  const notes = entityStore(table, noteEntity, {
    label: ({ id }) => `Note ${id}`,
    // Only whether its event is pending ever changes.
    revision: ({ id }) => ({ id }),
  });

  const latestEvents = async (incidentId: string): Promise<IncidentEvent[]> => {
    const { pk } = keys.incident(incidentId);
    const { items } = await events.list({ pk, prefix: historyPrefixes.event }, latest);
    return items.toReversed();
  };

  const latestNotes = async (incidentId: string): Promise<Note[]> => {
    const { pk } = keys.incident(incidentId);
    const { items } = await notes.list({ pk, prefix: historyPrefixes.note }, latest);
    return items.toReversed().map(noteOf);
  };

  return {
    appendEvents: (appended) => table.putAll(appended.map((event) => keptEvent.toItem(event))),

    findEvent: (incidentId, id) => events.find(keys.event(incidentId, id)),

    listEscalations({ incidentId, team }, page) {
      const source =
        incidentId !== undefined
          ? { index: "gsi2" as const, pk: partitions.escalationsOfIncident(incidentId) }
          : team !== undefined
            ? { index: "gsi4" as const, pk: partitions.escalationsOfTeam(team) }
            : { index: "gsi1" as const, pk: partitions.escalations };
      const accepts = (event: IncidentEvent) =>
        event.type === "escalated" && (team ?? event.team) === event.team;
      return events.list({ ...source, accepts }, page);
    },

    async findNote(incidentId, id) {
      const note = await notes.find(keys.note(incidentId, id));
      return note && noteOf(note);
    },

    addNote: (note) => notes.create({ ...note, toPublish: true }).catch(ignoreExisting),

    async notePublished(note) {
      await notes.replace({ ...note, toPublish: true }, { ...note, toPublish: false }).catch(ignoreStale);
    },

    async listNotesToPublish(after) {
      const { items, next } = await readEarliestFirst(
        table,
        { entity: noteEntity, index: "gsi6", pk: partitions.notesToPublish },
        after,
      );
      return { items: items.filter(({ toPublish }) => toPublish), next };
    },

    latestEvents,

    latestNotes,

    async history(incidentId) {
      const [published, written] = await Promise.all([latestEvents(incidentId), latestNotes(incidentId)]);
      return { events: published, notes: written };
    },
  };
}
