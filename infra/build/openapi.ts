/** Builds the OpenAPI document from the contracts. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createCommand } from "../command.ts";
import { findContracts } from "./contracts.ts";
import { describeApi } from "./openapi/document.ts";

const root = join(import.meta.dirname, "../..");

/** A committed file that is generated from the contracts. */
interface GeneratedDocument {
  /** Path in the repository. */
  readonly path: string;
  readonly text: string;
}

/** Returns the OpenAPI document, and its paths and methods alone for the function that answers unknown paths. */
export async function renderDocuments(): Promise<
  readonly [openapi: GeneratedDocument, paths: GeneratedDocument]
> {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const found = await findContracts(root);
  const paths: Record<string, Record<string, object>> = {};
  for (const { path, method } of found.map(({ contract }) => contract))
    paths[path] = { ...paths[path], [method.toLowerCase()]: {} };
  const render = (name: string, content: object) => ({
    path: `infra/build/${name}`,
    text: `${JSON.stringify(content, null, 2)}\n`,
  });
  return [render("openapi.json", describeApi(found, version)), render("openapi-paths.json", paths)];
}

/** @returns the first difference of the committed file, or undefined */
export function findDifference(document: GeneratedDocument): string | undefined {
  return firstDifference(readFileSync(join(root, document.path), "utf8"), document);
}

/** @returns the first difference of a committed text, or undefined */
export function firstDifference(committed: string, { path, text }: GeneratedDocument): string | undefined {
  if (committed === text) return undefined;
  const before = committed.split("\n");
  const after = text.split("\n");
  const line = after.findIndex((each, index) => each !== before[index]);
  const at = line === -1 ? after.length : line;
  return [
    `${path} differs from the contracts from line ${at + 1} on. Run \`npm run openapi\`.`,
    `- ${before[at] ?? "(end)"}`,
    `+ ${after[at] ?? "(end)"}`,
  ].join("\n");
}

export const command = createCommand("openapi", "Generate the OpenAPI document from the contracts.", [
  ["", "Write infra/build/openapi.json and infra/build/openapi-paths.json"],
  ["--check", "Fail if the committed documents differ from the contracts"],
])
  .option("--check", "compare instead of writing; exit code 1 if a document differs")
  .action(async ({ check = false }: { check?: boolean }) => {
    for (const document of await renderDocuments()) {
      if (!check) {
        writeFileSync(join(root, document.path), document.text);
        console.log(`Wrote ${document.path}.`);
        continue;
      }
      const difference = findDifference(document);
      if (difference === undefined) continue;
      console.error(difference);
      process.exitCode = 1;
    }
  });
