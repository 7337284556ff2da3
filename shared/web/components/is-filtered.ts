/** Returns true if a list is filtered: at least one value of its filter is set. */
export function isFiltered(filter: object): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}
