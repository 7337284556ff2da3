/** Labels that a type of integration names itself, together with those that its client chose. */

type Labels = Readonly<Record<string, unknown>>;

/** A client's label of a name that is taken keeps its value behind this prefix: `alarm` becomes `dimension_alarm`. */
export function withClientLabels(own: Labels, client: Labels, prefix: string): Labels {
  const taken = new Set(Object.keys(own).filter((name) => isFilled(own[name])));
  const renamed = Object.entries(client).map(([name, value]) => [
    taken.has(name) && own[name] !== value ? prefix + name : name,
    value,
  ]);
  return {
    ...Object.fromEntries(renamed),
    ...Object.fromEntries([...taken].map((name) => [name, own[name]])),
  };
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null;
}
