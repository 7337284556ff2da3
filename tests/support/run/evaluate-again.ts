interface Module {
  /** URLs of modules that import it. */
  readonly importers: Set<string>;
  promise: unknown;
  exports: unknown;
  evaluated: boolean;
}

/** Parts of Vitest, whose own `vi.resetModules` has all modules evaluated again. That takes longer than most files. */
interface VitestWorker {
  readonly evaluatedModules: { readonly idToModuleMap: ReadonlyMap<string, Module> };
}

/** Makes the next test file evaluate some modules again, and all that import them. */
export function evaluateAgain(isStale: (id: string) => boolean): void {
  const { __vitest_worker__ } = globalThis as unknown as { __vitest_worker__: VitestWorker };
  const modules = __vitest_worker__.evaluatedModules.idToModuleMap;
  const again = new Set<string>();
  const reset = (id: string): void => {
    const module = modules.get(id);
    if (!module || again.has(id)) return;
    again.add(id);
    for (const importer of module.importers) reset(importer);
    module.promise = undefined;
    module.exports = undefined;
    module.evaluated = false;
    module.importers.clear();
  };
  for (const id of modules.keys()) if (isStale(id)) reset(id);
}
