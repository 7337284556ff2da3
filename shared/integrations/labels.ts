/** Labels that a type of integration names itself, together with those that its client chose. */

type Labels = Readonly<Record<string, unknown>>;

/**
 * Own labels with their values, then the client's. A client's label of a name that is taken keeps its value behind the
 * prefix: `alarm` becomes `dimension_alarm`.
 */
export function withClientLabels(own: Labels, client: Labels, prefix: string): Labels {
  const labels = new Map(Object.entries(own).filter(([, value]) => isFilled(value)));
  // The client's other names are taken too: what is renamed replaces none of them.
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
