/** Gives a use case its dependencies, which are made at its first call. */
export function wire<D, P extends readonly unknown[], R>(
  useCase: (deps: D, ...parameters: P) => R,
  deps: () => D,
): (...parameters: P) => R {
  return (...parameters) => useCase(deps(), ...parameters);
}
