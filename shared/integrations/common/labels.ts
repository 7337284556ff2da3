/** Merges the labels that an integration type adds with those of its client. */

type Labels = Readonly<Record<string, unknown>>;

/**
 * Returns the type's own labels, then the client's. A client's label with a name in use gets the prefix:
 * `alarm` becomes `dimension_alarm`.
 */
export function withClientLabels(own: Labels, client: Labels, prefix: string): Labels {
  const labels = new Map(Object.entries(own).filter(([, value]) => isFilled(value)));
  // A renamed label must not replace another label of the client.
  const names = new Set([...labels.keys(), ...Object.keys(client)]);
  for (const [name, value] of Object.entries(client)) {
    if (!labels.has(name)) labels.set(name, value);
    else if (isFilled(value) && labels.get(name) !== value) {
      const free = freeName(prefix + name, prefix, names);
      names.add(free);
      labels.set(free, value);
    }
  }
  return Object.fromEntries(labels);
}

function freeName(name: string, prefix: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(prefix + name, prefix, taken) : name;
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null;
}
