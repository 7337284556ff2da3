import * as z from "zod";

/** Attributes of a stored incident that its opening event repeats. */
const storedSchema = z.object({
  id: z.string(),
  createdAt: z.number(),
  severity: z.string(),
  source: z.string(),
  pendingEvents: z.array(z.looseObject({ id: z.string(), type: z.string() })),
  openedEvent: z.string().optional(),
});
type Stored = z.output<typeof storedSchema>;

/**
 * Stores the pending opening event of an incident as its ID, so that the item takes one write unit. The rest of the
 * event is in the incident. An earlier release ignores the attribute: it does not publish this event.
 */
export function withShortOpening<T extends z.ZodType<object>>(schema: T) {
  return z.codec(z.record(z.string(), z.unknown()), schema, {
    decode(item) {
      const { openedEvent, ...stored } = storedSchema.parse(item);
      const { pendingEvents } = stored;
      const all =
        openedEvent === undefined ? pendingEvents : [openingOf(stored, openedEvent), ...pendingEvents];
      return { ...item, pendingEvents: all } as z.input<T>;
    },
    encode(value) {
      const stored = storedSchema.parse(value);
      const [first, ...others] = stored.pendingEvents;
      const item = value as Record<string, unknown>;
      if (!first || !isSame(first, openingOf(stored, first.id))) return item;
      return { ...item, pendingEvents: others, openedEvent: first.id };
    },
  });
}

/** Returns the opening event of an incident that an alert opened. */
function openingOf({ id: incidentId, createdAt: at, severity, source }: Stored, id: string) {
  return { id, incidentId, at, actor: null, type: "opened", severity, source };
}

function isSame(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  return Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);
}
