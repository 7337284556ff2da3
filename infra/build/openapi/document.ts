import { bodySchemaOf, type Contract, scopeOf } from "../../../shared/contracts/contract.ts";
import { type Right, requirementOf } from "../../../shared/domain/access/rights.ts";
import { jsonLines } from "../../../shared/http/json-lines.ts";
import { camelCase, type FoundContract } from "../contracts.ts";
import { headers, parameters, problemResponses, problemSchema } from "./common.ts";
import { type JsonSchema, schemaCollector } from "./schemas.ts";
import { describeWebhooks } from "./webhooks.ts";

type Json = Record<string, unknown>;

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

/** Generates an OpenAPI 3.1 document. Deterministic for the same contracts. */
export function describeApi(contracts: readonly FoundContract[], version: string): Json {
  const collector = schemaCollector();
  const paths: Record<string, Json> = {};
  for (const found of contracts) {
    const item = paths[found.contract.path] ?? {};
    paths[found.contract.path] = item;
    item[found.contract.method.toLowerCase()] = describeOperation(found, collector);
  }
  const webhooks = describeWebhooks(collector);
  return {
    openapi: "3.1.1",
    info: {
      title: "Incident platform",
      version,
      description:
        "Turns alerts into incidents, pages the people on call until someone acknowledges, and measures MTTA and MTTR.\n\n" +
        "Times are RFC 3339; without an offset they are UTC. Lists are newest first, and `next_cursor` is the cursor of " +
        "the next page. Responses other than 2xx are `application/problem+json` (RFC 9457). Endpoints for people " +
        "return an HTML page instead.\n\n" +
        "Configuration is strict: an unknown field causes a 422 with its path, and so does an unknown query parameter " +
        "of a list. Alerts, integrations and heartbeats ignore unknown fields. PUT accepts the response of GET and ignores fields that only the platform sets. " +
        "PATCH and POST accept only the listed fields. If none are listed, send no body or an empty object.\n\n" +
        "Bodies may be compressed (`Content-Encoding: gzip` or `deflate`). An integer beyond ±2^53 keeps its digits " +
        "as a string, and is accepted wherever a string is.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: [...new Set(contracts.map(({ contract }) => contract.service))].sort().map((name) => ({ name })),
    paths,
    webhooks,
    components: {
      schemas: Object.fromEntries(
        Object.entries({ ...collector.components(), Problem: problemSchema }).sort(([a], [b]) =>
          a < b ? -1 : 1,
        ),
      ),
      parameters,
      headers,
      responses: problemResponses,
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "An API key." },
        apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
      },
    },
  };
}

function describeOperation(
  { contract, name }: FoundContract,
  { describe }: ReturnType<typeof schemaCollector>,
): Json {
  const { params, query, bodyDocs, body, bodyType = "application/json", idempotent } = contract;
  const bodySchema = bodyDocs ?? body;
  return {
    operationId: camelCase(name),
    tags: [contract.service],
    summary: contract.summary,
    ...descriptionOf(contract),
    ...securityOf(contract),
    parameters: [
      ...(params ? parametersOf("path", describe(params, "input")) : []),
      ...(query ? parametersOf("query", describe(query, "input")) : []),
      ref("parameters", "RequestId"),
      ...(idempotent ? [ref("parameters", "IdempotencyKey")] : []),
    ],
    ...(bodySchema && {
      requestBody: {
        required: !bodySchema.safeParse(undefined).success,
        content: { [bodyType]: { schema: withReadOnly(describe(bodySchema, "input"), contract.readOnly) } },
      },
    }),
    responses: responsesOf(contract, (schema) => describe(schema, "output")),
  };
}

/** Adds the fields that a body may repeat from the response. */
function withReadOnly(schema: JsonSchema, names: readonly string[] = []): JsonSchema {
  if (names.length === 0) return schema;
  const { anyOf, properties } = schema;
  if (anyOf) return { ...schema, anyOf: anyOf.map((each) => withReadOnly(each, names)) };
  const repeated = names.map((name) => [
    name,
    { readOnly: true, description: "Accepted as returned by GET, and ignored." },
  ]);
  return { ...schema, properties: { ...properties, ...Object.fromEntries(repeated) } };
}

function descriptionOf({ description, right, team }: FoundContract["contract"]): Json {
  const text = [description, right && requirementText(right, team)].filter((part) => part).join(" ");
  return text === "" ? {} : { description: text };
}

function requirementText(right: Right, team: Contract["team"]): string {
  const { role, ownRole, scope, within } = requirementOf(right);
  const ofTeam = team === undefined ? " in all teams" : " in the team";
  const teams = { any: " in any team", team: ofTeam, platform: "" };
  const own = ownRole ? `, or \`${ownRole}\` for their own` : "";
  const people = role ? ` Required role of people: \`${role}\`${teams[within]}${own}.` : "";
  return scope === null
    ? "Any API key or session is sufficient."
    : `Required scope, if API keys are required: \`${scope}\`.${people}`;
}

function securityOf(contract: FoundContract["contract"]): Json {
  if (contract.right === null) return { security: [] };
  const scope = scopeOf(contract);
  return {
    security: [{ bearer: [] }, { apiKey: [] }],
    ...(scope !== null && { "x-required-scope": scope }),
  };
}

function parametersOf(location: "path" | "query", schema: JsonSchema): Json[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, { description, ...rest }]) => ({
    name,
    in: location,
    required: location === "path" || required.has(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }));
}

function responsesOf(
  contract: FoundContract["contract"],
  describe: (schema: NonNullable<FoundContract["contract"]["response"]>) => JsonSchema,
): Json {
  const { response, status, page, lines, errors = {} } = contract;
  if (page) return pagesOf(status, errors);
  const schema = response && describe(response);
  const content = schema && {
    "application/json": { schema },
    ...(lines !== undefined && { [jsonLines]: { schema: itemsOf(schema, lines) } }),
  };
  const success = (description: string) => ({
    description,
    headers: {
      "X-Request-ID": ref("headers", "RequestId"),
      ...(status !== 200 && { Location: ref("headers", "Location") }),
    },
    ...(content && { content }),
  });
  const responses: Json = { [status]: success(successNames[status]) };
  for (const code of problemsOf(contract)) responses[code] = ref("responses", `Problem${code}`);
  for (const [code, description] of Object.entries(errors)) {
    responses[code] = { ...problemResponses.default, description };
  }
  for (const [code, description] of Object.entries(contract.sameBody ?? {})) {
    responses[code] = success(description);
  }
  return { ...responses, default: ref("responses", "default") };
}

/** Returns the schema of a line: an item of the list. */
function itemsOf({ properties }: JsonSchema, field: string): JsonSchema {
  return properties?.[field]?.items ?? {};
}

/** Returns the responses of an endpoint for people: always HTML pages. */
function pagesOf(status: number, errors: Readonly<Record<number, string>>): Json {
  const pages = Object.entries({ [status]: "Done", ...errors }).map(([code, text]) => [code, pageOf(text)]);
  return { ...Object.fromEntries(pages), default: pageOf("Any other error") };
}

function pageOf(description: string): Json {
  return {
    description,
    headers: { "X-Request-ID": ref("headers", "RequestId") },
    content: { "text/html": { schema: { type: "string" } } },
  };
}

const successNames = { 200: "Done", 201: "Created", 202: "Stored; processing continues" };

/** Returns the error statuses that this kind of endpoint can return. */
function problemsOf(contract: FoundContract["contract"]): number[] {
  const { right, params, query, bodyType, idempotent } = contract;
  const body = bodySchemaOf(contract);
  const takesJson = body && !bodyType;
  return [
    ...(takesJson ? [400] : []),
    ...(right ? [401] : []),
    403,
    ...(params ? [404] : []),
    ...(idempotent ? [409] : []),
    ...(body ? [413, 415] : []),
    ...(takesJson || query ? [422] : []),
    ...(right ? [429, 503] : []),
  ];
}
