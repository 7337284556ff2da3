/** Returns a reader that reads the same once, for the steps of one decision. */
export function readOnce<Names extends readonly unknown[], T>(
  read: (...names: Names) => Promise<T>,
): (...names: Names) => Promise<T> {
  const reading = new Map<string, Promise<T>>();
  return (...names) => {
    const key = JSON.stringify(names);
    const result = reading.get(key) ?? read(...names);
    reading.set(key, result);
    return result;
  };
}
