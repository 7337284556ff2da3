/** Binds a use case to its dependencies, which are created on first call. */
export function wire<D, P extends readonly unknown[], R>(
  useCase: (deps: D, ...parameters: P) => R,
  deps: () => D,
): (...parameters: P) => R {
  return (...parameters) => useCase(deps(), ...parameters);
}
