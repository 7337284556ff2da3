import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { bundleOf, functionFiles } from "../../infra/build/function-files.ts";
import type { Stacks } from "../../infra/stack/nested-stacks.ts";
import { readStacks } from "../../infra/stack/packaged-stacks.ts";
import { digestSources } from "../../localstack/platform/sources.ts";
import { writeEndpoint } from "../new-endpoint.ts";

/** Not `.serverless`, which the CLI deletes after a deployment: the first one has two steps. */
export const packageFolder = "dist/package";

/** Folders and files that packaging needs. */
const linked = ["localstack", "monitoring", "node_modules", "package.json"];
const copied = ["cli.ts", "functions", "infra", "shared", "serverless.yml", "tsconfig.json"];

/** A package for a stage, built in a copy of the checkout with its own dist/. */
export interface Packaged {
  readonly copy: string;
  /** Folder in the copy. */
  readonly folder: string;
  remove(): void;
}

/** Builds and packages a checkout for a stage. */
export async function packageFor(root: string, stage: string, env = process.env): Promise<Packaged> {
  return packageOf(root, stage, env, (copy) => bundlesFor(root, copy, env));
}

/** Bundles into the copy's dist/. They are kept for the next package of the same sources: a check and a test make one. */
async function bundlesFor(root: string, copy: string, env: NodeJS.ProcessEnv): Promise<void> {
  const dist = join(copy, "dist");
  const folder = join(root, "node_modules/.cache/deployed");
  const { code } = digestSources(root, env);
  const kept = join(folder, code);
  if (existsSync(kept)) {
    cpSync(kept, dist, { recursive: true });
    return;
  }
  await run(copy, env, process.execPath, "cli.ts", "build", "--deploy");
  mkdirSync(folder, { recursive: true });
  const outdated = readdirSync(folder).filter((name) => !name.startsWith(code));
  for (const name of outdated) rmSync(join(folder, name), { recursive: true, force: true });
  // A killed process leaves no incomplete build.
  const filling = mkdtempSync(`${kept}-`);
  cpSync(dist, filling, { recursive: true });
  if (existsSync(kept)) rmSync(filling, { recursive: true });
  else renameSync(filling, kept);
}

/** Returns the stacks of a checkout's package for a stage. */
export async function packaged(root: string, stage: string): Promise<Stacks> {
  return stacksOf(await packageFor(root, stage));
}

/**
 * Returns the stacks as they would be with more endpoints, all of them in one folder of functions/. The bundles are
 * empty. Pairs of endpoints share a path.
 */
export async function packagedWith(
  root: string,
  stage: string,
  more: { readonly endpoints: number; readonly folder: string },
): Promise<Stacks> {
  const made = await packageOf(root, stage, process.env, async (copy) => {
    for (let index = 0; index < more.endpoints; index += 1) {
      const method = index % 2 === 0 ? "GET" : "DELETE";
      const thing = `thing-${letters(Math.floor(index / 2))}`;
      const name = `${method.toLowerCase()}-${thing}`;
      writeEndpoint(copy, { folder: more.folder, name, method, path: `/api/v1/${thing}/{id}` });
    }
    for (const { path } of functionFiles(copy)) {
      const bundle = join(copy, `dist/${bundleOf(path)}.mjs`);
      mkdirSync(dirname(bundle), { recursive: true });
      writeFileSync(bundle, "");
    }
  });
  return stacksOf(made);
}

/** A name has no digits. */
function letters(index: number): string {
  return String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26));
}

function stacksOf({ folder, remove }: Packaged): Stacks {
  try {
    return readStacks(folder);
  } finally {
    remove();
  }
}

/** @param build puts the bundles into the copy's dist/ */
async function packageOf(
  root: string,
  stage: string,
  env: NodeJS.ProcessEnv,
  build: (copy: string) => Promise<void>,
): Promise<Packaged> {
  const copy = mkdtempSync(join(tmpdir(), "package-"));
  const remove = () => rmSync(copy, { recursive: true, force: true });
  try {
    for (const name of linked) symlinkSync(join(root, name), join(copy, name));
    for (const name of copied) cpSync(join(root, name), join(copy, name), { recursive: true });
    await build(copy);
    await run(
      copy,
      env,
      "node_modules/.bin/serverless",
      "package",
      "--stage",
      stage,
      "--package",
      packageFolder,
    );
    return { copy, folder: join(copy, packageFolder), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Runs a command in a folder. @throws an error with its output if it fails */
async function run(cwd: string, env: NodeJS.ProcessEnv, command: string, ...args: string[]): Promise<void> {
  await promisify(execFile)(command, args, { cwd, env }).catch(
    ({ message, stdout, stderr }: { message: string; stdout?: string; stderr?: string }) => {
      throw new Error(`${args.join(" ")} failed:\n${`${stdout ?? ""}${stderr ?? ""}`.trim() || message}`);
    },
  );
}
