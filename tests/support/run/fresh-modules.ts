/** Runs before each test file of a worker that several share: its environment and what modules keep are those of a new process. */
import { afterAll } from "vitest";

interface Module {
  /** URLs of modules that import it. */
  readonly importers: Set<string>;
  promise: unknown;
  exports: unknown;
  evaluated: boolean;
}

/** Of Vitest, whose own `vi.resetModules` has all modules evaluated again. That takes longer than most files. */
interface VitestWorker {
  readonly evaluatedModules: { readonly idToModuleMap: ReadonlyMap<string, Module> };
}

const { __vitest_worker__ } = globalThis as unknown as { __vitest_worker__: VitestWorker };
const modules = __vitest_worker__.evaluatedModules.idToModuleMap;

/** Packages stay loaded, and all modules that keep nothing: state is in functions/ and shared/runtime. */
const staysLoaded = (id: string) => /\/node_modules\/|\/shared\/(?!runtime\/)|\/infra\/build\//.test(id);

const environment = { ...process.env };

const again = new Set<string>();
for (const id of modules.keys()) if (!staysLoaded(id)) evaluateAgain(id);

/** A module and those that import it. */
function evaluateAgain(id: string): void {
  const module = modules.get(id);
  if (!module || again.has(id)) return;
  again.add(id);
  for (const importer of module.importers) evaluateAgain(importer);
  module.promise = undefined;
  module.exports = undefined;
  module.evaluated = false;
  module.importers.clear();
}

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
});
