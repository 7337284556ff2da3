import { expect, test } from "vitest";
import { anIncident, aRecordedAlert, aService, bob } from "../../../../tests/support/builders.ts";
import { signedIn, viewing } from "../../../../tests/support/functions/page-examples.tsx";
import type { TeamRole } from "../../../domain/access/roles.ts";
import { authorizeSilence } from "../../../use-cases/alerts/silence-deps.ts";
import { similarTo } from "../../components/alerts/similar-alerts.ts";
import { alertPage } from "./page.tsx";

const services = [aService({ name: "cart", team: "payments" })];
const managerOf = (team: string | null): TeamRole => ({ team, role: "manager" });

test.each([
  ["a service with settings", "cart", "payments"],
  ["a service without settings", "search", "search"],
])("silencing alerts of %s is offered to those whose silence is accepted", async (_, service, owner) => {
  const alert = aRecordedAlert({ service, incidentId: "inc_1" });
  for (const team of ["payments", "search", "elsewhere", null]) {
    const viewer = { ...viewing.viewer, ...signedIn(bob, [managerOf(team)]) };
    const shown = await alertPage.show(
      { ...viewing, viewer, params: { id: alert.id } } as never,
      {
        findAlert: async () => alert,
        // One that was moved to another team.
        findIncidentById: async () => anIncident({ service, team: "elsewhere" }),
        recentServices: async () => ({ value: { items: services, next: null }, at: 0 }),
      } as never,
    );
    const isOffered = "content" in shown && String(shown.content).includes("Silence similar alerts");
    const denial = await authorizeSilence(
      {
        services: { find: async (name) => services.find((each) => each.name === name) },
        authorize: async (subject) => {
          const known = typeof subject === "function" ? await subject() : subject;
          if (!viewer.may("manage", known)) throw new Error("denied");
        },
      },
      similarTo(alert),
    ).catch((error: Error) => error.message);
    expect([team, isOffered]).toEqual([team, denial === undefined]);
    expect(isOffered).toBe(team === null || team === owner);
  }
});
