import { readFileSync } from "node:fs";
import { validate } from "@scalar/openapi-parser";
import { documentPath, firstDifference, renderOpenapi } from "../../infra/build/openapi.ts";
import type { Check } from "./check.ts";

export const openapi: Check = {
  name: "openapi",
  async run() {
    const text = await renderOpenapi();
    const difference = firstDifference(readFileSync(documentPath, "utf8"), text);
    return { faults: [...(difference ? [difference] : []), ...(await invalidities(text))] };
  },
};

/** What of an OpenAPI document is not OpenAPI. */
export async function invalidities(text: string): Promise<string[]> {
  const { valid, errors = [] } = await validate(text);
  if (valid) return [];
  return errors.length > 0
    ? errors.map(({ message }) => `infra/build/openapi.json: ${message}`)
    : ["infra/build/openapi.json is not valid"];
}
