import { expect, test } from "vitest";
import { ada, bob } from "../../../tests/support/builders.ts";
import { opened } from "../../../tests/support/memory/escalation.ts";
import type { PersonPrincipal, Principal } from "../../domain/access/principal.ts";
import type { IncidentCommand } from "../../domain/incidents/incident.ts";
import type { Person } from "../../domain/person.ts";
import type { Authorize } from "../ports/access.ts";
import { changeIncident } from "./change-incident.ts";

const signedIn = ({ email, name }: Person): PersonPrincipal => ({
  kind: "person",
  email,
  name,
  subject: "1",
  groups: [],
});
const key: Principal = { kind: "key", name: ada.email, scopes: ["read"], teams: null };

/** Denies everything but what a use case permits without a role. */
const denyTo =
  (principal: Principal): Authorize =>
  async (_, unless) => {
    if (!(await unless?.(principal))) throw new Error("denied");
  };

const move = (to: "acknowledged" | "resolved"): IncidentCommand => ({ type: "move", to, actor: "someone" });

test.each([
  ["a person who was paged", signedIn(ada), [move("acknowledged")], true],
  ["another person", signedIn(bob), [move("acknowledged")], false],
  ["a key of the same name", key, [move("acknowledged")], false],
  ["a person who was paged, who also resolves it,", signedIn(ada), [move("resolved")], false],
  [
    "a person who was paged, who renames it too,",
    signedIn(ada),
    [move("acknowledged"), { type: "rename", to: "x", actor: null }],
    false,
  ],
] as const)("%s may acknowledge without a role: %s", async (_, principal, commands, isPermitted) => {
  const system = await opened();
  const [{ id = "" } = {}] = (await system.seen.incidents.list({}, { limit: 1, after: null })).items;
  const deps = { ...system.deps, authorize: denyTo(principal) };
  const changed = changeIncident(deps, id, { commands, note: null, actor: null }, system.now());
  if (isPermitted) expect(await changed).toMatchObject({ status: "acknowledged" });
  else await expect(changed).rejects.toThrow("denied");
});
