/** `npm run new:endpoint -- <folder> <verb-noun> <METHOD> <path>`: writes the files of an endpoint. */
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { camelCase } from "../infra/build/contracts.ts";
import { createCommand } from "../infra/command.ts";
import { Problem } from "../infra/problem.ts";
import type { Contract } from "../shared/contracts/contract.ts";
import { placeholdersOf } from "../shared/contracts/path-template.ts";

export interface NewEndpoint {
  /** A folder of functions/ and of shared/contracts/: `alerts`, `oncall/schedules`, … */
  readonly folder: string;
  readonly name: string;
  readonly method: string;
  /** With `{name}` placeholders for parameters. */
  readonly path: string;
}

/** Areas with the tag of their endpoints in the OpenAPI document. */
const tags: Readonly<Record<string, Contract["service"]>> = {
  alerts: "alerts",
  incidents: "incidents",
  oncall: "oncall",
  notifications: "notifications",
  integrations: "alerts",
  access: "system",
  system: "system",
  web: "web",
};
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** @throws an error with the fault of the arguments */
export function readArguments(args: readonly string[]): NewEndpoint {
  const [folder = "", name = "", method = "", path = "", ...more] = args;
  if (path === "" || more.length > 0)
    throw new Problem("Usage: npm run new:endpoint -- <folder> <verb-noun> <METHOD> <path>");
  if (!/^[a-z]+(\/[a-z]+)?$/.test(folder) || !Object.hasOwn(tags, areaOf(folder))) {
    throw new Problem(`Use one of these folders, or a folder inside one: ${Object.keys(tags).join(", ")}.`);
  }
  if (!/^[a-z]+(-[a-z]+)+$/.test(name))
    throw new Problem("Use a verb and a noun as the name, such as get-alert.");
  if (!methods.includes(method)) throw new Problem(`Use one of these methods: ${methods.join(", ")}.`);
  if (!/^\/([a-z0-9._-]+|\{\w+\})(\/([a-z0-9._-]+|\{\w+\}))*$/.test(path)) {
    throw new Problem("Use a path such as /api/v1/alerts/{alert_id}, without a trailing slash.");
  }
  return { folder, name, method, path };
}

/**
 * Returns the contents of the new files by path.
 *
 * @param others other methods of the path
 */
function filesOf(
  { folder, name, method, path }: NewEndpoint,
  others: readonly string[],
): Record<string, string> {
  const contract = `${camelCase(name)}Contract`;
  const up = "../".repeat(folder.split("/").length);
  const params = placeholdersOf(path);
  const creates = method === "POST";
  const factory = creates ? "creatingEndpoint" : "endpoint";
  const hasBody = method !== "GET" && method !== "DELETE";
  return {
    [`shared/contracts/${folder}/${name}.ts`]: lines(
      'import * as z from "zod";',
      `import { defineContract } from "${up}contract.ts";`,
      "",
      `export const ${contract} = defineContract({`,
      `  service: "${tags[areaOf(folder)]}",`,
      `  method: "${method}",`,
      `  path: "${path}",`,
      method === "GET" && others.length > 0 && `  otherMethods: ${JSON.stringify(others)},`,
      `  summary: "TODO",`,
      `  right: "${method === "GET" ? "read" : "manage"}",`,
      params.length > 0 &&
        `  params: z.object({ ${params.map((param) => `${param}: z.string()`).join(", ")} }),`,
      hasBody && "  body: z.object({}),",
      `  status: ${creates ? 201 : 200},`,
      "  response: z.object({}),",
      creates && "  idempotent: true,",
      "});",
    ),
    [`functions/${folder}/${name}.ts`]: lines(
      `import { ${contract} } from "${up}../shared/contracts/${folder}/${name}.ts";`,
      `import { ${factory} } from "${up}../shared/runtime/endpoint.ts";`,
      "",
      `export const handler = ${factory}(${contract}, async () => ({ body: {} }));`,
    ),
  };
}

/** Writes the files under the root. @throws Problem if one exists */
export function writeEndpoint(root: string, endpoint: NewEndpoint): string[] {
  const siblings = contractsOf(root, endpoint.path);
  const created = filesOf(endpoint, siblings.map(({ method }) => method).sort());
  const taken = Object.keys(created).find((file) => existsSync(join(root, file)));
  if (taken) throw new Problem(`${taken} already exists.`);
  for (const [file, text] of Object.entries(created)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  addPermissions(join(root, "infra/stack/permissions.ts"), endpoint);
  const reads = siblings.filter(({ method }) => method === "GET");
  for (const { file } of reads) addOtherMethod(join(root, file), endpoint.method);
  return [...Object.keys(created), "infra/stack/permissions.ts", ...reads.map(({ file }) => file)];
}

/** Returns the contracts of a path. */
function contractsOf(root: string, path: string): { readonly file: string; readonly method: string }[] {
  return globSync("shared/contracts/*/**/*.ts", { cwd: root }).flatMap((file) => {
    const [, method, itsPath] =
      /^ {2}method: "([A-Z]+)",\n {2}path: "(.+)",$/m.exec(readFileSync(join(root, file), "utf8")) ?? [];
    return method !== undefined && itsPath === path ? [{ file, method }] : [];
  });
}

/** Adds a method to those that the GET of the same path names. */
function addOtherMethod(file: string, method: string): void {
  const text = readFileSync(file, "utf8");
  writeFileSync(
    file,
    text.includes("  otherMethods: [")
      ? text.replace(/(?<=^ {2}otherMethods: \[.*)(?=\],$)/m, `, "${method}"`)
      : text.replace(/(?<=^ {2}path: .*\n)/m, `  otherMethods: ["${method}"],\n`),
  );
}

function areaOf(folder: string): string {
  return folder.split("/")[0] ?? "";
}

/** Headings of areas in the table of permissions, where they differ from the area. */
const headings: Readonly<Record<string, string>> = {
  oncall: "on-call",
  system: "system and web",
  web: "system and web",
};

/** Adds a row to the area's, for idempotent endpoints with the permissions to read and write stored responses. */
function addPermissions(file: string, { folder, name, method }: NewEndpoint): void {
  const row = method === "POST" ? '{ table: ["get", "put"] }' : "{}";
  const area = areaOf(folder);
  const heading = `\n  // ${headings[area] ?? area}\n`;
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(heading, `${heading}  ${camelCase(name)}: ${row},\n`),
  );
}

function lines(...texts: (string | false)[]): string {
  return `${texts.filter((text) => text !== false).join("\n")}\n`;
}

export const command = createCommand(
  "new:endpoint",
  "Generate the contract, function and configuration of an endpoint.",
  [["alerts get-alert GET /api/v1/alerts/{alert_id}", "Generate the files of GET /api/v1/alerts/{alert_id}"]],
)
  .arguments("<folder> <verb-noun> <method> <path>")
  .action((...args: readonly string[]) => {
    const files = writeEndpoint(join(import.meta.dirname, ".."), readArguments(args.slice(0, 4)));
    console.log(`Wrote ${files.length} files:\n${files.map((file) => `  ${file}`).join("\n")}

Next:
  1. Describe the request and the response in the contract.
  2. Implement the function with a store of shared/runtime/stores.ts, or a use case in shared/use-cases/.
  3. Grant its permissions in infra/stack/permissions.ts. Call it in a scenario of tests/support/drive/.
  4. Test it: see CONTRIBUTING.md.
  5. npm run openapi && npm run format && npm run check`);
  });
