import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { type IntegrationTypeName, integrationTypes } from "../../shared/integrations/registry.ts";

const root = resolve(import.meta.dirname, "../..");
const pages = globSync(["*.md", "docs/*.md", "docs/adr/*.md"], { cwd: root });
const openApi = JSON.parse(readFileSync(resolve(root, "infra/build/openapi.json"), "utf8")) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

interface Operation {
  readonly method: string;
  readonly path: string;
}

const foreignNames = Object.keys(integrationTypes) as IntegrationTypeName[];
const operations: readonly Operation[] = [
  ...Object.entries(openApi.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => ({ method: method.toUpperCase(), path })),
  ),
  ...foreignNames.flatMap((name): readonly Operation[] => integrationTypes[name].routes),
];

interface Mention {
  /** Absent: the text names no method. */
  readonly method: string | undefined;
  /** Starts with `…` where the text leaves out the beginning. */
  readonly path: string;
}

/** Finds `GET /path`, `$U/path` and `/api/v1/path` in a page; paths of other platforms' hosts are left out. */
function mentionsIn(text: string): Mention[] {
  const [quoted, shell, plain] = [
    /`([A-Z]+(?:\|[A-Z]+)*) (?:\$U)?((?:…|\/)[^\s`]*)`/g,
    /()\$U(\/[^\s"'`)]*)/g,
    /()(?<![A-Z]}?)(\/api\/v1\/[^\s"'`)\]]*)/g,
  ];
  return [quoted, shell, plain].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(([, methods = "", mentioned = ""]) => {
      const path = mentioned.replace(/[?#].*$/, "").replace(/[.,;:]+$/, "");
      return methods.split("|").map((method) => ({ method: method || undefined, path }));
    }),
  );
}

function isKnown({ method, path }: Mention): boolean {
  return operations.some(
    (operation) =>
      (method === undefined || operation.method === method) &&
      (matches(operation.path, path) || matches(operation.path, `/api/v1${path}`)),
  );
}

/** Compares part by part: a placeholder of the template stands for any value, and for any other placeholder. */
function matches(template: string, path: string): boolean {
  const isTail = path.startsWith("…");
  const parts = path.replace(/^…/, "").split("/");
  const all = template.split("/");
  const templateParts = isTail ? ["", ...all.slice(all.length - parts.length + 1)] : all;
  return (
    templateParts.length === parts.length &&
    templateParts.every(
      (part, index) =>
        part === parts[index] || (part.startsWith("{") && parts[index] !== "" && parts[index] !== undefined),
    )
  );
}

describe("a path that a page names", () => {
  test.each(pages)("exists in the OpenAPI document or in an integration: %s", (page) => {
    const mentions = mentionsIn(readFileSync(resolve(root, page), "utf8"));
    expect(mentions.filter((mention) => !isKnown(mention))).toEqual([]);
  });

  test("is recognized wherever pages name one, and missed where there is none", () => {
    const found = mentionsIn(
      "`GET|PUT /teams/x/coverage?a=b`, `DELETE …/{id}`, $U/alerts and /api/v1/nothing.",
    );
    expect(found.map((mention) => [mention, isKnown(mention)])).toEqual([
      [{ method: "GET", path: "/teams/x/coverage" }, true],
      [{ method: "PUT", path: "/teams/x/coverage" }, false],
      [{ method: "DELETE", path: "…/{id}" }, true],
      [{ method: undefined, path: "/alerts" }, true],
      [{ method: undefined, path: "/api/v1/nothing" }, false],
    ]);
  });
});
