/** Returns true if each word of the query is in one of the texts, whatever its case. */
export function isFoundBy(query: string, ...texts: readonly string[]): boolean {
  const all = texts.join("\n").toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** Returns the names that match, those that begin with the query first. */
export function findNames(query: string, names: readonly string[], most: number): string[] {
  const begins = (name: string) => name.toLowerCase().startsWith(query.toLowerCase());
  return names
    .filter((name) => isFoundBy(query, name))
    .toSorted((a, b) => Number(begins(b)) - Number(begins(a)))
    .slice(0, most);
}
