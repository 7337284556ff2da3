import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Template } from "./template.ts";

/** All that a package is made of. */
const linked = ["functions", "infra", "localstack", "monitoring", "node_modules", "package.json", "shared"];

/** What building and `serverless package` make of the checkout for a stage; its own dist/ stays as it is. */
export async function packaged(root: string, stage: string): Promise<Template> {
  const copy = mkdtempSync(join(tmpdir(), "package-"));
  try {
    for (const name of linked) symlinkSync(join(root, name), join(copy, name));
    cpSync(join(root, "serverless.yml"), join(copy, "serverless.yml")); // it takes no link to one
    await run(copy, process.execPath, "infra/build.ts", "--deploy");
    await run(copy, "node_modules/.bin/serverless", "package", "--stage", stage, "--package", "package");
    return JSON.parse(
      readFileSync(join(copy, "package/cloudformation-template-update-stack.json"), "utf8"),
    ) as Template;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function run(cwd: string, command: string, ...args: string[]): Promise<void> {
  await promisify(execFile)(command, args, { cwd }).catch(
    ({ message, stdout, stderr }: { message: string; stdout?: string; stderr?: string }) => {
      throw new Error(`${args.join(" ")} failed:\n${`${stdout ?? ""}${stderr ?? ""}`.trim() || message}`);
    },
  );
}
