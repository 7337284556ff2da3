/**
 * Generates the OpenAPI document from the contracts.
 *
 * `npm run openapi`             writes infra/build/openapi.json
 * `npm run openapi -- --check`  fails if that file is outdated
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findContracts } from "./contracts.ts";
import { describeApi } from "./openapi/document.ts";

const root = join(import.meta.dirname, "../..");

export const documentPath = join(root, "infra/build/openapi.json");

export async function renderOpenapi(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  return `${JSON.stringify(describeApi(await findContracts(root), version), null, 2)}\n`;
}

/** @returns the first difference of two texts, or undefined */
export function firstDifference(committed: string, built: string): string | undefined {
  if (committed === built) return undefined;
  const before = committed.split("\n");
  const after = built.split("\n");
  const line = after.findIndex((text, index) => text !== before[index]);
  const at = line === -1 ? after.length : line;
  return [
    `infra/build/openapi.json is not what the contracts say, from line ${at + 1} on; run \`npm run openapi\`.`,
    `- ${before[at] ?? "(end)"}`,
    `+ ${after[at] ?? "(end)"}`,
  ].join("\n");
}

if (import.meta.main) {
  const built = await renderOpenapi();
  if (process.argv.includes("--check")) {
    const difference = firstDifference(readFileSync(documentPath, "utf8"), built);
    if (difference) {
      console.error(difference);
      process.exitCode = 1;
    }
  } else writeFileSync(documentPath, built);
}
