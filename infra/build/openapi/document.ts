import { bodySchemaOf, type Scope } from "../../../shared/contracts/contract.ts";
import { camelCase, type FoundContract } from "../contracts.ts";
import { headers, parameters, problemResponses, problemSchema } from "./common.ts";
import { type JsonSchema, schemaCollector } from "./schemas.ts";
import { describeWebhooks } from "./webhooks.ts";

type Json = Record<string, unknown>;

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

/** OpenAPI 3.1; the same contracts give the same text. */
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
        "Turns alerts into incidents, pages whoever is on call until someone answers, and measures MTTA and MTTR.\n\n" +
        "Times are RFC 3339; without an offset they are UTC. Lists are newest first; `next_cursor` leads to the " +
        "next page. Whatever is not 2xx is an `application/problem+json` of RFC 9457; what answers people answers " +
        "them with a page then too.\n\n" +
        "Configuration is strict: an unknown field is a 422 that names its path. Alerts, integrations and heartbeats " +
        "ignore unknown fields. A PUT takes what GET answered: fields that only the platform sets change nothing " +
        "there. A PATCH and a POST take only the fields that they list; one that " +
        "lists none takes no body, or an empty object.\n\n" +
        "Bodies may be compressed (`Content-Encoding: gzip` or `deflate`). An integer beyond ±2^53 keeps its digits " +
        "as a string, and so is taken wherever a string is.",
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
  const { params, query, bodyDocs, body, bodyType = "application/json", scope, idempotent } = contract;
  const bodySchema = bodyDocs ?? body;
  return {
    operationId: camelCase(name),
    tags: [contract.service],
    summary: contract.summary,
    ...securityOf(scope),
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

/** Fields that a body may repeat from the response. */
function withReadOnly(schema: JsonSchema, names: readonly string[] = []): JsonSchema {
  if (names.length === 0) return schema;
  const { anyOf, properties } = schema;
  if (anyOf) return { ...schema, anyOf: anyOf.map((each) => withReadOnly(each, names)) };
  const repeated = names.map((name) => [
    name,
    { readOnly: true, description: "As answered; changes nothing." },
  ]);
  return { ...schema, properties: { ...properties, ...Object.fromEntries(repeated) } };
}

function securityOf(scope: Scope): Json {
  if (scope === null) return { security: [] };
  return {
    description: `Needs the scope \`${scope}\` where keys are required.`,
    security: [{ bearer: [] }, { apiKey: [] }],
    "x-required-scope": scope,
  };
}

function parametersOf(place: "path" | "query", schema: JsonSchema): Json[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === "path" || required.has(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }));
}

function responsesOf(
  contract: FoundContract["contract"],
  describe: (schema: NonNullable<FoundContract["contract"]["response"]>) => JsonSchema,
): Json {
  const { response, status, page, errors = {} } = contract;
  if (page) return pagesOf(status, errors);
  const content = response && { "application/json": { schema: describe(response) } };
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

/** What an endpoint that answers people can answer: pages, whatever happens. */
function pagesOf(status: number, errors: Readonly<Record<number, string>>): Json {
  const pages = Object.entries({ [status]: "Done", ...errors }).map(([code, text]) => [code, pageOf(text)]);
  return { ...Object.fromEntries(pages), default: pageOf("Whatever else goes wrong") };
}

function pageOf(description: string): Json {
  return {
    description,
    headers: { "X-Request-ID": ref("headers", "RequestId") },
    content: { "text/html": { schema: { type: "string" } } },
  };
}

const successNames = { 200: "Done", 201: "Created", 202: "Stored; what follows from it comes" };

/** What the kind of endpoint can answer besides its success. */
function problemsOf(contract: FoundContract["contract"]): number[] {
  const { scope, params, query, bodyType, idempotent } = contract;
  const body = bodySchemaOf(contract);
  const takesJson = body && !bodyType;
  return [
    ...(takesJson ? [400] : []),
    ...(scope ? [401] : []),
    403,
    ...(params ? [404] : []),
    ...(idempotent ? [409] : []),
    ...(body ? [413, 415] : []),
    ...(takesJson || query ? [422] : []),
    ...(scope ? [429, 503] : []),
  ];
}
