import { findDifference, renderDocuments } from "../../infra/build/openapi.ts";
import type { Check } from "./check.ts";

export const openapi: Check = {
  name: "openapi",
  async run() {
    const documents = await renderDocuments();
    const differences = documents.flatMap((document) => findDifference(document) ?? []);
    const [{ text }] = documents;
    return { faults: [...differences, ...(await invalidities(text)), ...summaryFaults(text)] };
  },
};

/** Returns the validation errors of an OpenAPI document. */
export async function invalidities(text: string): Promise<string[]> {
  const { validate } = await import("@scalar/openapi-parser");
  const { valid, errors = [] } = await validate(text);
  if (valid) return [];
  return errors.length > 0
    ? errors.map(({ message }) => `infra/build/openapi.json: ${message}`)
    : ["infra/build/openapi.json is not valid"];
}

/** Allowed first words of summaries. */
const verbs =
  /^(Acknowledge|Check|Create|Delete|End|Escalate|Execute|Get|List|Merge|Preview|Receive|Reopen|Replace|Replay|Request|Resolve|Revoke|Rotate|Send|Set|Show|Simulate|Snooze|Test|Unacknowledge|Update) /;

/** Returns the operations whose summary does not start with an allowed verb. */
export function summaryFaults(text: string): string[] {
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, { summary?: string }>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { summary = "" }]) => !verbs.test(summary) || summary.endsWith("."))
      .map(
        ([method, { summary }]) =>
          `${method.toUpperCase()} ${path}: summary ${JSON.stringify(summary)} must start with a verb such as List, Get or Create, and not end with a period`,
      ),
  );
}
