/** Tests the rules for the body of every contract, so that no new endpoint can forget them. */

import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { pingPath } from "../../shared/contracts/alerts/heartbeats/ping.ts";
import type { Contract } from "../../shared/contracts/contract.ts";
import { fillPath } from "../../shared/contracts/path-template.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { withoutReadOnly } from "../../shared/http/request/read-only.ts";
import type { IntegrationType } from "../../shared/integrations/integration-type.ts";
import { integrationTypes } from "../../shared/integrations/registry.ts";
import { faultsOf } from "../../shared/validation/faults.ts";
import { bodyExamples } from "../../tests/support/functions/body-examples.ts";
import { call } from "../../tests/support/functions/lambda.ts";
import { openEdge } from "../../tests/support/functions/open-edge.ts";
import { findContracts } from "./contracts.ts";

const found = await findContracts(resolve(import.meta.dirname, "../.."));
const configuring = found
  .map(({ contract }) => contract)
  .filter(({ body, bodyType, ingestion }) => body && !bodyType && !ingestion)
  .map((contract) => [`${contract.method} ${contract.path}`, contract] as const);

/** Names that users choose. */
const freeForm = new Set(["labels", "metadata"]);

/** The paths of all objects of a value that have fields of their own. */
function objectsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null || freeForm.has(path.at(-1) ?? "")) return [];
  const within = Object.entries(value).flatMap(([name, item]) => objectsIn(item, [...path, name]));
  return Array.isArray(value) ? within : [path, ...within];
}

function withField(value: object, path: readonly string[], field: string): object {
  const copy = structuredClone(value);
  const at = path.reduce<Record<string, unknown>>(
    (parent, name) => parent[name] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  at[field] = 1;
  return copy;
}

/** Objects of a JSON schema that let fields pass that they don't know. */
function openObjects(schema: unknown, path = ""): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties, additionalProperties } = schema as Record<string, unknown>;
  const isOpen = typeof properties === "object" && "type" in schema && additionalProperties !== false;
  return [
    ...(isOpen ? [path] : []),
    ...Object.entries(schema).flatMap(([name, item]) => openObjects(item, `${path}/${name}`)),
  ];
}

/** Texts and lists of a JSON schema of which it doesn't say how long they may be, or what they look like. */
function unbounded(schema: unknown, path = ""): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { type, ...rules } = schema as Record<string, unknown>;
  const needed =
    type === "string"
      ? ["maxLength", "enum", "const", "pattern", "format"]
      : type === "array"
        ? ["maxItems"]
        : [];
  const isBounded = needed.length === 0 || needed.some((rule) => rule in rules);
  return [
    ...(isBounded ? [] : [path]),
    ...Object.entries(rules).flatMap(([name, item]) => unbounded(item, `${path}/${name}`)),
  ];
}

const described = found
  .map(({ contract }) => contract)
  .filter(({ bodyType, page }) => !bodyType && !page)
  .flatMap(({ method, path, query, body, bodyDocs }) =>
    [query, bodyDocs ?? body].flatMap((schema) => (schema ? [[`${method} ${path}`, schema] as const] : [])),
  )
  // A calendar's token is whatever it is.
  .filter(([name]) => !name.endsWith("/calendar.ics"));

test.each(described)(
  "%s says of every text and list how long it may be, or what it looks like",
  (_, schema) => {
    expect(unbounded(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }))).toEqual([]);
  },
);

test("only alerts, heartbeats and messages of other systems are ingestion", () => {
  const tolerant = found.map(({ contract }) => contract).filter(({ ingestion }) => ingestion);
  expect(tolerant.map(({ path }) => path).toSorted()).toEqual([
    ...[
      "/api/v1/alerts",
      "/email/replies",
      "/email/ses",
      pingPath,
      "/mattermost/actions",
      "/telegram/webhook",
    ],
  ]);
});

const bodiless = found
  .map(({ contract }) => contract)
  .filter(({ method, body, ingestion, page }) => !body && !ingestion && !page && !/GET|DELETE/.test(method))
  .map((contract) => [`${contract.method} ${contract.path}`, contract] as const);

test("there are changes that take no fields", () => {
  expect(bodiless.map(([name]) => name)).toContain("POST /api/v1/keys/{id}/rotate");
  expect(bodiless.length).toBeGreaterThan(5);
});

describe.each(bodiless)("%s", (_, contract) => {
  const ids: Readonly<Record<string, string>> = { id: `key_${"A".repeat(32)}` };
  const path = fillPath(contract.path, ids, (id) => id || "payments");
  let answers = 0;
  const handler = endpoint(
    openEdge,
    { ...contract, params: z.object({}), right: null } as Contract,
    (async () => {
      answers += 1;
      return { body: {} };
    }) as never,
  );
  const send = (body?: unknown, headers = {}) =>
    call(handler, { method: contract.method, path, headers, ...(body !== undefined && { body }) });

  test.each([undefined, "", " ", {}])("takes %j as a body", async (body) => {
    expect((await send(body)).status).toBe(contract.status);
  });

  test("does nothing with a body that says more, that can't be read, or that it knows no encoding of", async () => {
    answers = 0;
    const unknown = await send({ scopes: ["read"], expires_at: null });
    expect(unknown.status).toBe(422);
    expect(unknown.json().errors).toEqual([
      { path: "scopes", message: "is not a known field" },
      { path: "expires_at", message: "is not a known field" },
    ]);
    expect((await send([])).status).toBe(422);
    expect((await send("{not json")).status).toBe(400);
    expect((await send({}, { "content-encoding": "br" })).status).toBe(415);
    expect(answers).toBe(0);
  });
});

test("every contract with a body has an example here", () => {
  expect(Object.keys(bodyExamples).toSorted()).toEqual(configuring.map(([name]) => name).toSorted());
});

test("every POST that creates can be repeated", () => {
  const creating = found
    .map(({ contract }) => contract)
    .filter(({ method, status }) => method === "POST" && status !== 200);
  expect(creating.filter(({ idempotent }) => !idempotent).map(({ path }) => path)).toEqual([]);
});

test("a contract whose response contains a secret once is marked", () => {
  const withSecret = found
    .map(({ contract }) => contract)
    .filter(
      ({ response }) =>
        response instanceof z.ZodObject && ("key" in response.shape || "secret" in response.shape),
    );
  expect(withSecret.length).toBeGreaterThan(0);
  expect(
    withSecret.filter(({ secretOnce, idempotent }) => !secretOnce || !idempotent).map(({ path }) => path),
  ).toEqual([]);
});

describe.each(configuring)("%s", (name, contract) => {
  const faults = (body: object): { path: string; message: string }[] => {
    const result = contract.body?.safeParse(withoutReadOnly(contract, {}, body));
    return faultsOf(result?.error?.issues ?? [], 100);
  };

  test("takes its examples, and not with an unknown field anywhere in them", () => {
    for (const example of bodyExamples[name] ?? []) {
      expect(faults(example), JSON.stringify(example)).toEqual([]);
      for (const path of objectsIn(example)) {
        const fault = { path: [...path, "contactMethods"].join("."), message: "is not a known field" };
        expect(faults(withField(example, path, "contactMethods"))).toContainEqual(fault);
      }
    }
  });

  test("mentions it in its description", () => {
    const schema = z.toJSONSchema(contract.bodyDocs ?? contract.body ?? z.never(), {
      io: "input",
      unrepresentable: "any",
    });
    expect(openObjects(schema)).toEqual([]);
  });
});

const types: Readonly<Record<string, IntegrationType>> = integrationTypes;

test.each(Object.entries(types))("the settings of %s are strict", (_, { settings }) => {
  const schema = settings && z.toJSONSchema(settings, { io: "input", unrepresentable: "any" });
  expect(openObjects(schema)).toEqual([]);
});
