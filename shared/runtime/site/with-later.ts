type UseCases = Readonly<Record<string, (...parameters: never[]) => Promise<unknown>>>;

/**
 * Adds use cases that are loaded when one of them is called.
 *
 * @param first those that are loaded already, and take precedence
 */
export function withLater<A extends object, B extends UseCases>(
  first: A,
  load: () => Promise<B>,
): A & Omit<B, keyof A> {
  const call =
    (name: string | symbol) =>
    async (...parameters: never[]) =>
      (await load())[String(name)]?.(...parameters);
  return new Proxy(first, {
    get: (known, name) => (Reflect.has(known, name) ? Reflect.get(known, name) : call(name)),
  }) as A & Omit<B, keyof A>;
}
