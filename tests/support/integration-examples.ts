/** Example request of each integration type, with placeholders for the key, a time and an ID. */
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
  const filled = text
    .replaceAll("{key}", key)
    .replaceAll("{now}", "2026-11-23T10:00:00.123Z")
    .replaceAll("{id}", "9d1c8a1e-6f0b-5f3a-8a54-d2a7c1f0b6e2");
  const request = example.parse(JSON.parse(filled));
  return type === "sns" ? { ...request, body: signedBySns(snsFields.parse(request.body)) } : request;
}
