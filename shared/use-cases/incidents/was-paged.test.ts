import { expect, test } from "vitest";
import { aDraft, ada, aSchedule, bob, cyd } from "../../../tests/support/builders.ts";
import { at, incidentOf, opened } from "../../../tests/support/memory/escalation.ts";
import { incidentsOf } from "../../../tests/support/memory/records.ts";
import type { TestSystem } from "../../../tests/support/memory/system.ts";
import type { PersonPrincipal, Principal } from "../../domain/access/principal.ts";
import type { Incident, IncidentCommand } from "../../domain/incidents/incident.ts";
import type { Person } from "../../domain/person.ts";
import { notify } from "../notifications/notify.ts";
import type { Authorize } from "../ports/access.ts";
import { changeIncident } from "./change-incident.ts";
import { mergeIncident } from "./lifecycle/merge-incident.ts";
import { requestResponders } from "./lifecycle/request-responders.ts";
import { wasPaged } from "./was-paged.ts";

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
  const { id } = await incidentOf(system);
  const deps = { ...system.deps, authorize: denyTo(principal) };
  const changed = changeIncident(deps, id, { commands, note: null, actor: null }, system.now());
  if (isPermitted) expect(await changed).toMatchObject({ status: "acknowledged" });
  else await expect(changed).rejects.toThrow("denied");
});

const acknowledgeAs = async (system: TestSystem, person: Person) => {
  const { id } = await incidentOf(system);
  const deps = { ...system.deps, authorize: denyTo(signedIn(person)) };
  const commands = [move("acknowledged")];
  return changeIncident(deps, id, { commands, note: null, actor: person.email }, system.now());
};

test.each([
  ["by the second level", bob, (system: TestSystem) => at(system, 301)],
  [
    "by a request for help",
    cyd,
    async (system: TestSystem) => {
      const { id } = await incidentOf(system);
      const request = { emails: [cyd.email], teams: [], message: null, actor: ada.email };
      await requestResponders(system.deps, id, request, system.now());
    },
  ],
])("a person who was reached %s may acknowledge without a role, but not before", async (_, person, reach) => {
  const system = await opened();
  await expect(acknowledgeAs(system, person)).rejects.toThrow("denied");
  await reach(system);
  expect(await acknowledgeAs(system, person)).toMatchObject({ status: "acknowledged" });
});

test("the fallback address may acknowledge what it was paged about", async () => {
  const system = await opened({ simpleSchedule: null });
  await expect(acknowledgeAs(system, ada)).rejects.toThrow("denied");
  const fallback = { name: "Fallback", email: system.deps.fallbackEmail };
  expect(await acknowledgeAs(system, fallback)).toMatchObject({ status: "acknowledged" });
});

test("someone who only got a message about it may not acknowledge without a role", async () => {
  const system = await opened();
  const { id: incidentId } = await incidentOf(system);
  const draft = { incidentId, channel: "email", recipient: cyd.email, message: "For your information" };
  await notify(system.deps, { ...draft, severity: null, metadata: {} }, system.now());
  await expect(acknowledgeAs(system, cyd)).rejects.toThrow("denied");
});

test("a person who was paged may acknowledge the incident that theirs was merged into, directly or before", async () => {
  const system = await opened();
  for (const [service, person] of [["search", bob] as const, ["billing", cyd] as const]) {
    const members = [{ ...person, role: "primary" as const }];
    await system.seen.schedules.create(aSchedule({ team: service }, { members }));
    await system.receive(aDraft({ dedupKey: service, service }));
    await system.pump();
  }
  const acknowledge = async (number: number) => {
    const deps = { ...system.deps, authorize: denyTo(signedIn(ada)) };
    const commands = [move("acknowledged")];
    return changeIncident(deps, String(number), { commands, note: null, actor: ada.email }, system.now());
  };
  for (const [from, into] of [["1", "2"] as const, ["2", "3"] as const]) {
    await expect(acknowledge(3)).rejects.toThrow("denied");
    await mergeIncident(system.deps, from, { into, note: null, actor: null }, system.now());
  }
  expect(await acknowledge(3)).toMatchObject({ status: "acknowledged", assignedTo: { email: ada.email } });
});

test("events of merged incidents are read one by one, the latest merge first, until they name the person", async () => {
  const system = await opened();
  for (const [service, person, number] of [["search", bob, "2"] as const, ["billing", cyd, "3"] as const]) {
    const members = [{ ...person, role: "primary" as const }];
    await system.seen.schedules.create(aSchedule({ team: service }, { members }));
    await system.receive(aDraft({ dedupKey: service, service }));
    await system.pump();
    await mergeIncident(system.deps, number, { into: "1", note: null, actor: null }, system.now());
  }
  const incidents = await incidentsOf(system);
  const target = incidents.find(({ number }) => number === 1) as Incident;
  /** Lists the numbers of the incidents whose events are read for a person. */
  const readFor = async (person: Person) => {
    const read: string[] = [];
    const latestEvents = (id: string) => {
      read.push(id);
      return system.deps.incidentEvents.latestEvents(id);
    };
    const incidentEvents = { ...system.deps.incidentEvents, latestEvents };
    await wasPaged({ ...system.deps, incidentEvents }, target, signedIn(person));
    return read.map((id) => incidents.find((each) => each.id === id)?.number);
  };
  expect(await readFor(ada)).toEqual([1]);
  expect(await readFor(cyd)).toEqual([1, 3]);
  expect(await readFor(bob)).toEqual([1, 3, 2]);
  expect(await readFor({ name: "Dan", email: "dan@example.com" })).toEqual([1, 3, 2]);
});
