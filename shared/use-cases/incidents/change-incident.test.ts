import { expect, test } from "vitest";
import { anIncident } from "../../../tests/support/builders.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import { Unavailable } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import { changeIncident } from "./change-incident.ts";

test("an incident takes no more changes than can wait while nothing can be published", async () => {
  const system = testSystem();
  const incident = anIncident();
  const event = {
    incidentId: incident.id,
    at: incident.createdAt,
    actor: null,
    type: "title_changed",
    from: "a",
    to: "b",
  } as const;
  const pendingEvents = Array.from({ length: limits.pendingEvents }, (_, n) => ({
    ...event,
    id: `evt_${n}`,
  }));
  await system.deps.incidents.create({ ...incident, pendingEvents }, null);
  const rename = { commands: [{ type: "rename", to: "c", actor: null } as const], note: null, actor: null };
  await expect(changeIncident(system.deps, incident.id, rename, system.now())).rejects.toThrow(Unavailable);
});
