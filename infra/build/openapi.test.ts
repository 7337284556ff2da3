import { describe, expect, it } from "vitest";
import * as z from "zod";
import { invalidities, summaryFaults } from "../../ci/checks/openapi.ts";
import { noTools, withTools } from "../../tests/support/run/check-tools.ts";
import { schemaCollector } from "./openapi/schemas.ts";
import { firstDifference, renderDocuments } from "./openapi.ts";

async function renderOpenapi(): Promise<string> {
  const [{ text }] = await renderDocuments();
  return text;
}

describe("the document", () => {
  it.skipIf(noTools)(withTools("is the same each time, and OpenAPI"), async () => {
    const text = await renderOpenapi();
    expect(await renderOpenapi()).toBe(text);
    expect(await invalidities(text)).toEqual([]);
  });

  it.skipIf(noTools)(withTools("is distinguished from invalid OpenAPI"), async () => {
    const document = JSON.parse(await renderOpenapi());
    delete document.info;
    document.paths["/health"].get.responses = "nothing";
    expect(await invalidities(JSON.stringify(document))).not.toEqual([]);
  });

  it("has summaries that start with a verb", async () => {
    const document = JSON.parse(await renderOpenapi());
    expect(summaryFaults(JSON.stringify(document))).toEqual([]);
    document.paths["/health"].get.summary = "Health of the platform";
    document.paths["/docs"].get.summary = "Get the API reference.";
    expect(summaryFaults(JSON.stringify(document))).toEqual([
      expect.stringMatching(/^GET \/docs: /),
      expect.stringMatching(/^GET \/health: /),
    ]);
  });

  it("that was not regenerated is shown from the first difference", () => {
    const path = "api.json";
    expect(firstDifference("a\nb\n", { path, text: "a\nb\n" })).toBeUndefined();
    expect(firstDifference("a\nb\n", { path, text: "a\nc\n" })).toMatch(
      /^api\.json .*line 2 on.*\n- b\n\+ c/,
    );
  });

  it("has the same paths and methods as the list of paths", async () => {
    const [openapi, paths] = (await renderDocuments()).map(({ text }) => JSON.parse(text));
    const methodsOf = (items: Record<string, object>) =>
      Object.entries(items).map(([path, item]) => [path, Object.keys(item).toSorted()]);
    expect(methodsOf(paths).toSorted()).toEqual(methodsOf(openapi.paths).toSorted());
  });
});

describe("schemas", () => {
  const alert = z.object({ id: z.string() }).meta({ id: "Alert" });

  it("with an id are shared", () => {
    const { describe, components } = schemaCollector();
    expect(describe(alert, "output")).toEqual({ $ref: "#/components/schemas/Alert" });
    expect(describe(z.array(alert), "output")).toMatchObject({
      items: { $ref: "#/components/schemas/Alert" },
    });
    expect(components()).toMatchObject({ Alert: { type: "object", required: ["id"] } });
  });

  it("that share an id by mistake are refused", () => {
    const { describe } = schemaCollector();
    describe(alert, "output");
    expect(() => describe(z.object({ n: z.number().meta({ id: "Alert" }) }), "output")).toThrow("Alert");
  });
});
