import document from "../../infra/build/openapi.json" with { type: "json" };
import { getOpenapiContract } from "../../shared/contracts/system/get-openapi.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";

const headers = { "content-type": "application/json", "cache-control": "no-cache" };
const text = JSON.stringify(document);

export const handler = openEndpoint(getOpenapiContract, async () => new Response(text, { headers }));
