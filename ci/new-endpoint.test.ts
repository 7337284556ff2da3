import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findFunctions } from "../infra/stack/functions.ts";
import { layEndpoint, readArguments } from "./new-endpoint.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "new-endpoint-"));
  cpSync("infra", join(root, "infra"), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

const reopen = {
  service: "incidents",
  name: "reopen-incident",
  method: "POST",
  path: "/api/v1/incidents/{id}/reopen",
};

describe("a new endpoint", () => {
  it("has a contract, a function, an entry and a row that agree", () => {
    layEndpoint(root, reopen);
    const contract = readFileSync(join(root, "shared/contracts/incidents/reopen-incident.ts"), "utf8");
    expect(contract).toContain("export const reopenIncidentContract");
    expect(contract).toContain('path: "/api/v1/incidents/{id}/reopen"');
    expect(contract).toContain("params: z.object({ id: z.string() })");
    expect(contract).toContain("idempotent: true");
    expect(readFileSync(join(root, "functions/incidents/reopen-incident.ts"), "utf8")).toContain(
      "creatingEndpoint(reopenIncidentContract",
    );
    expect(findFunctions(root).find(({ name }) => name === "reopenIncident")?.definition).toEqual({
      handler: "dist/functions/incidents/reopen-incident.handler",
      events: [{ httpApi: { method: "POST", path: "/api/v1/incidents/{id}/reopen" } }],
    });
    expect(readFileSync(join(root, "infra/stack/permissions.ts"), "utf8")).toContain("  reopenIncident: {");
  });

  it("overwrites nothing", () => {
    layEndpoint(root, reopen);
    expect(() => layEndpoint(root, reopen)).toThrow("is there already");
  });

  it.each([
    [["incidents", "reopen-incident", "POST"], "Needs"],
    [["billing", "reopen-incident", "POST", "/x"], "service"],
    [["incidents", "Reopen", "POST", "/x"], "name"],
    [["incidents", "reopen-incident", "post", "/x"], "method"],
    [["incidents", "reopen-incident", "POST", "/x/"], "path"],
    [["incidents", "reopen-incident", "POST", "x"], "path"],
  ])("refuses %j", (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });
});
