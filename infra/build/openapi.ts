/** Builds the OpenAPI document from the contracts. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createCommand } from "../command.ts";
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

export const command = createCommand("openapi", "Generate infra/build/openapi.json from the contracts.", [
  ["", "Write the document"],
  ["--check", "Fail if the committed document differs from the contracts"],
])
  .option("--check", "compare instead of writing; exit code 1 if the document differs")
  .action(async ({ check = false }: { check?: boolean }) => {
    const built = await renderOpenapi();
    if (!check) {
      writeFileSync(documentPath, built);
      console.log("Wrote infra/build/openapi.json.");
      return;
    }
    const difference = firstDifference(readFileSync(documentPath, "utf8"), built);
    if (difference === undefined) return;
    console.error(difference);
    process.exitCode = 1;
  });
