/** Digests of what the bundles and the resolved serverless.yml are made of. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const folders = ["functions", "infra", "localstack", "monitoring/exporter", "shared"];
/** The last one describes the installed packages. */
const files = ["package.json", "serverless.yml", "tsconfig.json", "node_modules/.package-lock.json"];

export interface Sources {
  /** Digest of the code. */
  readonly code: string;
  /** Digest of the code and the settings. */
  readonly service: string;
}

/** @param root folder of the project */
export function digestSources(root: string, env: NodeJS.ProcessEnv): Sources {
  const digest = createHash("sha256").update(process.version);
  const update = (file: string) => digest.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  const inFolders = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map(({ parentPath, name }) => relative(root, join(parentPath, name))),
  );
  inFolders.sort().forEach(update);
  files.filter((file) => existsSync(join(root, file))).forEach(update);
  const code = digest.copy().digest("hex");
  digest.update(JSON.stringify(settingNames(root, env).map((name) => [name, env[name]])));
  // The CLI reads more of them than this process does.
  for (const file of readdirSync(root).filter((name) => name.startsWith(".env."))) update(file);
  return { code, service: digest.digest("hex") };
}

/** Returns the names of settings. A check ensures that the example names each. Without it, each variable may be one. */
export function settingNames(root: string, env: NodeJS.ProcessEnv): readonly string[] {
  const example = join(root, ".env.example");
  if (!existsSync(example)) return Object.keys(env);
  return readFileSync(example, "utf8").match(/\b[A-Z][A-Z0-9_]+(?==)/g) ?? [];
}
