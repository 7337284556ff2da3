import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** The parts of `serverless package`'s CloudFormation that checks read. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation has a thousand shapes
  readonly Properties?: any;
}

/** All that a package is made of. */
const linked = [
  "cli.ts",
  "functions",
  "infra",
  "localstack",
  "monitoring",
  "node_modules",
  "package.json",
  "shared",
];

/** A package for a stage, built in a copy of the checkout with its own dist/. */
export interface Packaged {
  readonly copy: string;
  /** Folder in the copy. */
  readonly folder: string;
  remove(): void;
}

/** Builds and packages a checkout for a stage. */
export async function packageFor(root: string, stage: string, env = process.env): Promise<Packaged> {
  const copy = mkdtempSync(join(tmpdir(), "package-"));
  const remove = () => rmSync(copy, { recursive: true, force: true });
  try {
    for (const name of linked) symlinkSync(join(root, name), join(copy, name));
    cpSync(join(root, "serverless.yml"), join(copy, "serverless.yml")); // it takes no link to one
    await run(copy, env, process.execPath, "cli.ts", "build", "--deploy");
    await run(copy, env, "node_modules/.bin/serverless", "package", "--stage", stage, "--package", "package");
    return { copy, folder: join(copy, "package"), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Returns the template of a checkout's package for a stage. */
export async function packaged(root: string, stage: string): Promise<Template> {
  const { folder, remove } = await packageFor(root, stage);
  try {
    const file = join(folder, "cloudformation-template-update-stack.json");
    return JSON.parse(readFileSync(file, "utf8")) as Template;
  } finally {
    remove();
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
