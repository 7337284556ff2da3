import { build, type Plugin } from "esbuild";

/** Packages that few requests need, and what sources import from them. */
const deferred: Readonly<Record<string, string>> = {
  // Only for rules, silences and matchers with regular expressions.
  re2js: "RE2JS",
};

/**
 * Puts these packages into files beside the bundles. Sources import them as usual, and call them synchronously; a bundle
 * loads the file when it first uses the import.
 */
export const deferredPackages: Plugin = {
  name: "deferred-packages",
  setup({ onLoad, onResolve }) {
    const names = new RegExp(`^(${Object.keys(deferred).join("|")})$`);
    onResolve({ filter: names }, ({ path, namespace }) =>
      namespace === "deferred"
        ? { path: `${path}.cjs`, namespace: "deferred-file", pluginData: path }
        : { path, namespace: "deferred", sideEffects: false },
    );
    onLoad({ filter: /^/, namespace: "deferred" }, ({ path }) => ({ contents: loaderOf(path) }));
    onLoad({ filter: /^/, namespace: "deferred-file" }, async ({ pluginData }) => ({
      contents: await minified(pluginData),
      loader: "file",
    }));
  },
};

/** The module that bundles contain instead of the package. */
function loaderOf(name: string): string {
  const exported = deferred[name];
  return `
    import { createRequire } from "node:module";
    import file from "${name}";
    const load = createRequire(import.meta.url);
    export const ${exported} = new Proxy({}, { get: (_, key) => load(file).${exported}[key] });
  `;
}

async function minified(name: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${deferred[name]} } from "${name}";`, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    write: false,
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
