import { expect, it } from "vitest";
import * as z from "zod";
import type { Contract } from "../../shared/contracts/contract.ts";
import { type Site, siteFaults } from "./site.ts";

const site: Site = {
  pages: { incident: "/incidents/{id}" },
  actions: { "add-note": "/incidents/{id}/notes" },
  asset: "/assets/{asset}",
};
const functionOf = (name: string, file: string, ...routes: string[]) => ({
  name,
  service: "web",
  definition: {
    handler: `dist/functions/web/${file}.handler`,
    events: routes.map((route) => {
      const [method = "", path = ""] = route.split(" ");
      return { httpApi: { method, path } };
    }),
  },
});
const showPage = functionOf("showPage", "show-page", "GET /incidents/{id}", "GET /assets/{asset}");
const act = functionOf("act", "act", "POST /incidents/{id}/notes");
const parts = { contracts: [], functions: [showPage, act] };

const contract: Contract = {
  service: "web",
  method: "GET",
  path: "/incidents/{id}",
  summary: "One incident",
  scope: "read",
  params: z.object({ id: z.string() }),
  status: 200,
  response: null,
};

it("a UI that agrees with its routes has no faults", () => {
  expect(siteFaults(site, parts)).toEqual([]);
});

it.each<[string, Partial<typeof parts>, string]>([
  [
    "a page that the gateway doesn't know",
    { functions: [functionOf("showPage", "show-page", "GET /assets/{asset}"), act] },
    "should have one route that takes GET /incidents/{id}",
  ],
  [
    "a route that leads to no page",
    { functions: [showPage, functionOf("act", "act", "POST /incidents/{id}/notes", "POST /x")] },
    "has POST /x, which the UI has not",
  ],
  [
    "a function that is missing",
    { functions: [showPage] },
    "should have one route that takes POST /incidents/{id}/notes",
  ],
])("finds %s", (_, change, message) => {
  expect(siteFaults(site, { ...parts, ...change }).join("\n")).toContain(message);
});

it("takes the route of a section for all that lies beneath it, and for nothing else", () => {
  const beneath = functionOf("showPage", "show-page", "GET /incidents/{path+}", "GET /assets/{asset}");
  expect(siteFaults(site, { ...parts, functions: [beneath, act] })).toEqual([]);
  const beside = functionOf("showPage", "show-page", "GET /incident/{path+}", "GET /assets/{asset}");
  expect(siteFaults(site, { ...parts, functions: [beside, act] }).join("\n")).toMatch(
    /one route that takes GET \/incidents\/\{id\}[\s\S]*GET \/incident\/\{path\+\}, which the UI has not/,
  );
});

it("finds a path that the API has too", () => {
  const found = { contract, room: "web", name: "get-incident", exportName: "getIncidentContract" };
  expect(siteFaults(site, { ...parts, contracts: [found] }).join("\n")).toContain("the UI has it too");
});
