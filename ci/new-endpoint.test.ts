import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findFunctions } from "../infra/stack/functions.ts";
import { readArguments, writeEndpoint } from "./new-endpoint.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "new-endpoint-"));
  for (const file of [
    "infra/stack/permissions.ts",
    "shared/contracts/contract.ts",
    "shared/domain/access/rights.ts",
  ])
    cpSync(file, join(root, file));
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
});

afterEach(() => rmSync(root, { recursive: true }));

const reopen = {
  folder: "incidents",
  name: "reopen-incident",
  method: "POST",
  path: "/api/v1/incidents/{id}/reopen",
};

describe("a new endpoint", () => {
  it("has a contract, a function with its route, and a row", async () => {
    writeEndpoint(root, reopen);
    const contract = readFileSync(join(root, "shared/contracts/incidents/reopen-incident.ts"), "utf8");
    expect(contract).toContain("export const reopenIncidentContract");
    expect(contract).toContain('path: "/api/v1/incidents/{id}/reopen"');
    expect(contract).toContain("params: z.object({ id: z.string() })");
    expect(contract).toContain("idempotent: true");
    expect(readFileSync(join(root, "functions/incidents/reopen-incident.ts"), "utf8")).toContain(
      "creatingEndpoint(reopenIncidentContract",
    );
    expect(await findFunctions(root)).toEqual([
      {
        name: "reopenIncident",
        area: "incidents",
        definition: {
          handler: "dist/functions/incidents/reopen-incident.handler",
          events: [{ httpApi: { method: "POST", path: "/api/v1/incidents/{id}/reopen" } }],
        },
      },
    ]);
    expect(readFileSync(join(root, "infra/stack/permissions.ts"), "utf8")).toContain(
      "  // incidents\n  reopenIncident: {",
    );
  });

  it.each(["alerts", "incidents", "oncall", "notifications", "integrations", "access", "system", "web"])(
    "of the area %s has a row in the table of permissions",
    (folder) => {
      writeEndpoint(root, { ...reopen, folder });
      expect(readFileSync(join(root, "infra/stack/permissions.ts"), "utf8")).toContain("  reopenIncident: {");
    },
  );

  it("may be in a folder of an area", async () => {
    writeEndpoint(root, { ...reopen, folder: "oncall/schedules", name: "freeze-schedule" });
    expect(await findFunctions(root)).toMatchObject([{ name: "freezeSchedule", area: "oncall" }]);
    expect(readFileSync(join(root, "functions/oncall/schedules/freeze-schedule.ts"), "utf8")).toContain(
      '"../../../shared/contracts/oncall/schedules/freeze-schedule.ts"',
    );
  });

  it("of a path that has others shares it with them", () => {
    const path = "/api/v1/incidents/{id}/tags";
    const contract = (name: string) =>
      readFileSync(join(root, `shared/contracts/incidents/${name}.ts`), "utf8");
    const write = (name: string, method: string) =>
      writeEndpoint(root, { folder: "incidents", name, method, path });
    write("put-tags", "PUT");
    writeEndpoint(root, reopen);
    write("get-tags", "GET");
    expect(contract("get-tags")).toContain(`  path: "${path}",\n  otherMethods: ["PUT"],\n`);
    expect(write("delete-tags", "DELETE")).toContain("shared/contracts/incidents/get-tags.ts");
    expect(contract("get-tags")).toContain('  otherMethods: ["PUT", "DELETE"],\n');
    for (const name of ["put-tags", "delete-tags", "reopen-incident"])
      expect(contract(name)).not.toContain("otherMethods");
  });

  it("is named by the GET of its path, also if that was alone", () => {
    const path = "/api/v1/tags";
    writeEndpoint(root, { folder: "incidents", name: "list-tags", method: "GET", path });
    writeEndpoint(root, { folder: "alerts", name: "create-tag", method: "POST", path });
    expect(readFileSync(join(root, "shared/contracts/incidents/list-tags.ts"), "utf8")).toContain(
      `  path: "${path}",\n  otherMethods: ["POST"],\n`,
    );
  });

  it("overwrites nothing", () => {
    writeEndpoint(root, reopen);
    expect(() => writeEndpoint(root, reopen)).toThrow("already exists");
  });

  it.each([
    [["incidents", "reopen-incident", "POST"], "Usage"],
    [["billing", "reopen-incident", "POST", "/x"], "folder"],
    [["incidents", "Reopen", "POST", "/x"], "name"],
    [["incidents", "reopen-incident", "post", "/x"], "method"],
    [["incidents", "reopen-incident", "POST", "/x/"], "path"],
    [["incidents", "reopen-incident", "POST", "x"], "path"],
  ])("refuses %j", (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });
});
