import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../tests/support/any-text.ts";
import type { HttpRequest } from "../../tests/support/functions/lambda.ts";
import { exampleNames, exampleRequest } from "../../tests/support/integration-examples.ts";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";
import type { Route } from "./integration-type.ts";
import { integrationTypeNames, integrationTypes, typeNamed } from "./registry.ts";

const docs = readFileSync(resolve(import.meta.dirname, "../../docs/integrations.md"), "utf8");

describe("the types of integration", () => {
  test("have an example and a row of the docs each", () => {
    const rows = [...docs.matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name).sort();
    expect(exampleNames()).toEqual([...integrationTypeNames].sort());
    expect(rows).toEqual([...integrationTypeNames].sort());
  });

  test("whose clients choose labels test that these labels are kept", () => {
    const folder = import.meta.dirname;
    const textOf = (path: string) => readFileSync(resolve(folder, path), "utf8");
    const sources = globSync("{*,!(common)/*}.ts", { cwd: folder }).filter(
      (path) => !path.endsWith(".test.ts"),
    );
    const choosing = sources.filter((path) => /import \{.*\b(withClientLabels|eventOf)\b/.test(textOf(path)));
    const types = new Set(choosing.map((path) => path.replace(/\/.*|\.ts$/, "")));
    expect(types.size).toBeGreaterThan(5);
    const untested = [...types].filter(
      (type) => !textOf(`${type}.test.ts`).includes("describeClientLabels("),
    );
    expect(untested).toEqual([]);
  });

  test("do not share a path at the root", () => {
    const paths = integrationTypeNames.flatMap((name) =>
      (typeNamed(name)?.routes ?? []).filter(({ key }) => key).map(({ method, path }) => `${method} ${path}`),
    );
    expect(new Set(paths).size).toBe(paths.length);
  });
});

describe.each(integrationTypeNames)("the type %s", (name) => {
  test("accepts its example at its URL", async () => {
    const system = integrationSystem();
    const { key } = await system.integrate(name);
    const request = exampleRequest(name, key);
    const reply = await system.ask(request);
    expect([reply.status, reply.text]).toEqual([
      expect.toSatisfy((status: number) => status < 300),
      reply.text,
    ]);
    expect(request.path).toMatch(new RegExp(`^${integrationTypes[name].url.replace("{key}", key)}`));
    expect(await system.incidents()).toMatchObject([{ service: "checkout", status: "open" }]);
    expect(system.errors).toEqual([]);
  });

  test("answers whatever comes, at each of its paths, with nothing worse than a 4xx, and keeps why", async () => {
    const system = integrationSystem();
    const { key } = await system.integrate(name);
    const { body, ...example } = exampleRequest(name, key);
    const routes: readonly Route[] = integrationTypes[name].routes;
    const json = fc.oneof(mutated(body), fc.anything({ withObjectString: false }).map(jsonOf), fc.json());
    const text = fc.oneof(json, anyText(), formOf(json));
    const requests = fc.oneof(fc.constant(example), fc.constantFrom(...routes).chain(requestOf(key)));
    await fc.assert(
      fc.asyncProperty(requests, text, contentType, async (request, sent, type) => {
        // Prevents rate limiting.
        system.advance(1_000);
        const before = system.errors.length;
        const headers = { ...request.headers, ...(type !== null && { "content-type": type }) };
        const reply = await system.ask({ ...request, headers, body: sent });
        expect(reply.status).toBeLessThan(500);
        // A key in an unreadable body identifies no integration.
        if (reply.status >= 400 && request.path.includes(key))
          expect(system.errors.length).toBeGreaterThan(before);
      }),
      { numRuns: 500 },
    );
  });
});

/** A request of a route, with whatever its path and its query may hold. */
const requestOf =
  (key: string) =>
  ({ method, path }: Route): fc.Arbitrary<HttpRequest> => {
    const part = fc.oneof(fc.constantFrom("alias", "id", "%", "%00", "a%2Fb", "__proto__"), fc.webSegment());
    return fc
      .record({ parts: fc.array(part, { minLength: 3, maxLength: 3 }), query: fc.webQueryParameters() })
      .map(({ parts, query }) => {
        const values = parts.values();
        const filled = path.replaceAll(/\{\w+\}/g, () => values.next().value || "x");
        return { method, path: `/integrations/${key}${filled}`, query };
      });
  };

/** Null: that of the example. */
const contentType = fc.constantFrom(
  null,
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "multipart/form-data",
  "text/plain",
);

/** Forms with JSON or a text in a field, whole or cut off. */
function formOf(json: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const field = fc.tuple(fc.constantFrom("data", "payload", "message", ""), json, fc.nat(60));
  return field.chain(([name, value, cut]) => {
    const part = `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--x--\r\n`;
    return fc.constantFrom(
      part,
      part.slice(0, -cut),
      new URLSearchParams({ [name]: value.toWellFormed() }).toString(),
    );
  });
}

const jsonOf = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
};

/** The example with something else somewhere in it. */
function mutated(body: unknown): fc.Arbitrary<string> {
  const paths = pathsOf(body);
  const value = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      "",
      0,
      -1,
      1e308,
      [],
      {},
      "x".repeat(70_000),
      "0001-01-01T00:00:00Z",
    ),
    fc.jsonValue({ maxDepth: 3 }),
  );
  return fc
    .array(fc.tuple(fc.constantFrom(...paths), fc.option(value, { nil: undefined })), { maxLength: 4 })
    .map((changes) =>
      JSON.stringify(changes.reduce((whole, [path, other]) => withOther(whole, path, other), body)),
    );
}

type Path = readonly string[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, each]) => pathsOf(each, [...path, name]))];
}

/** Undefined takes it away. */
function withOther(value: unknown, [name, ...rest]: Path, other: unknown): unknown {
  if (name === undefined) return other ?? null;
  if (typeof value !== "object" || value === null) return value;
  const changed = withOther(Reflect.get(value, name), rest, other);
  return Array.isArray(value)
    ? value.map((item, index) => (String(index) === name ? changed : item))
    : { ...value, [name]: rest.length === 0 ? other : changed };
}
