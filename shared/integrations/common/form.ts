/** Bodies of clients that send a form instead of JSON, or JSON in a form field. */
import type { Inbound } from "../integration-type.ts";
import { jsonIn } from "./json-in.ts";

/** Form fields with JSON: Uptime Kuma's `data`, Slack's `payload`. */
const jsonFields = ["data", "payload", "json"];

/**
 * Parses a body as JSON, or as a form if it looks like one, because the Content-Type of many clients is
 * wrong.
 *
 * @throws Unreadable, or Invalid for JSON that is nested too deeply
 */
export async function jsonOrForm(inbound: Inbound): Promise<unknown> {
  const form = await formIn(inbound);
  if (!form) return inbound.json();
  const json = jsonFields.map((name) => jsonIn(form.get(name) ?? "")).find((value) => value !== undefined);
  return json ?? Object.fromEntries(form);
}

async function formIn({ headers, body }: Inbound): Promise<ReadonlyMap<string, string> | undefined> {
  const type = headers.get("content-type") ?? "";
  if (/^multipart\/form-data/i.test(type) && body.trimStart().startsWith("--")) return multipart(type, body);
  const isForm = /^application\/x-www-form-urlencoded/i.test(type) && /^\s*[^\s{["]/.test(body);
  return isForm ? new Map(new URLSearchParams(body.trim())) : undefined;
}

/** Reads the text fields of a form; undefined for a damaged one. */
async function multipart(type: string, body: string): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    return new Map([...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
  } catch {
    return undefined;
  }
}
