import { expect, test } from "vitest";
import { anIncident, aService } from "../../../../tests/support/builders.ts";
import { listedServices } from "./listed-services.ts";

test("services with the most unresolved incidents come first, then by name", () => {
  const services = ["search", "cart", "billing"].map((name) => aService({ name, team: "web" }));
  const incidents = [
    anIncident({ service: "search", severity: "low" }),
    anIncident({ service: "search", severity: "critical" }),
    anIncident({ service: "search", severity: "high" }),
    anIncident({ service: "mail", severity: "medium", team: "ops" }),
  ];
  expect(
    listedServices(services, incidents).map(({ name, team, incidents, worst, settings }) => [
      name,
      team,
      incidents,
      worst,
      settings !== undefined,
    ]),
  ).toEqual([
    ["search", "web", 3, "critical", true],
    ["mail", "ops", 1, "medium", false],
    ["billing", "web", 0, null, true],
    ["cart", "web", 0, null, true],
  ]);
});
