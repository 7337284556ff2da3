import { expect, test } from "vitest";
import { anIncident, bob } from "../../../../tests/support/builders.ts";
import { signedIn, viewing } from "../../../../tests/support/functions/page-examples.tsx";
import type { TeamRole } from "../../../domain/access/roles.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { mergeIncidentPage } from "./page.tsx";

const incident = anIncident({ number: 1, team: "payments" });
const others = [anIncident({ number: 2, team: "payments" }), anIncident({ number: 3, team: "search" })];

async function offeredTo(roles: readonly TeamRole[]): Promise<(string | undefined)[]> {
  const useCases = {
    findIncident: async () => incident,
    readUnresolved: async (_: number, { matches }: { readonly matches: (other: Incident) => boolean }) => ({
      top: others.filter(matches),
      olderExist: false,
    }),
  };
  const visit = { ...viewing, viewer: signedIn(bob, roles), params: { id: "1" }, query: { q: "" } };
  const shown = await mergeIncidentPage.show(visit as never, useCases as never);
  return [...JSON.stringify(String("content" in shown && shown.content)).matchAll(/Merge into #(\d)/g)].map(
    ([, number]) => number,
  );
}

test("an incident can be merged into those that the viewer may answer", async () => {
  expect(await offeredTo([{ team: null, role: "responder" }])).toEqual(["2", "3"]);
  expect(await offeredTo([{ team: "payments", role: "responder" }])).toEqual(["2"]);
});
