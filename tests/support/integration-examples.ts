/** Example request of each integration type, with `{key}` as a placeholder for the key. */
import { globSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import * as z from "zod";
import type { HttpRequest } from "./functions/lambda.ts";
import { signedBySns, snsFields } from "./sns.ts";

const folder = resolve(import.meta.dirname, "../../shared/integrations/examples");

const example = z.strictObject({
  method: z.enum(["POST", "PUT"]),
  path: z.string(),
  query: z.string().default(""),
  headers: z.record(z.string(), z.string()),
  /** A text is sent unchanged, anything else as JSON. */
  body: z.unknown(),
});

export function exampleNames(): string[] {
  return globSync("*.json", { cwd: folder })
    .map((file) => basename(file, ".json"))
    .sort();
}

export function exampleRequest(type: string, key: string): HttpRequest {
  const text = readFileSync(join(folder, `${type}.json`), "utf8");
  const request = example.parse(JSON.parse(text.replaceAll("{key}", key)));
  return type === "sns" ? { ...request, body: signedBySns(snsFields.parse(request.body)) } : request;
}
