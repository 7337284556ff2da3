/** What was read of another system as requests of our API: a team for each escalation policy. */
import type * as z from "zod";
import { putUserContract } from "../../shared/contracts/access/put-user.ts";
import type { userInput } from "../../shared/contracts/access/user.ts";
import { serviceName, teamName } from "../../shared/contracts/fields.ts";
import { overrideInput } from "../../shared/contracts/oncall/overrides/override.ts";
import { policyInput } from "../../shared/contracts/oncall/policy.ts";
import { layeredPlan } from "../../shared/contracts/oncall/schedules/plan.ts";
import { limits } from "../../shared/domain/limits.ts";
import { type OnCallRole, onCallRoles } from "../../shared/domain/oncall/schedule.ts";
import { formatInstant } from "../../shared/domain/time.ts";
import { parsed } from "./bag.ts";
import {
  carried,
  type Move,
  type MovedPolicy,
  type MovedRota,
  type MovedTarget,
  type Remark,
} from "./move.ts";

type Layer = z.input<typeof layeredPlan>["layers"][number];
type PolicyTarget = z.input<typeof policyInput>["rules"][number]["targets"][number];

export interface Plan {
  readonly users: readonly { readonly email: string; readonly body: z.input<typeof userInput> }[];
  readonly schedules: readonly { readonly team: string; readonly body: z.input<typeof layeredPlan> }[];
  readonly overrides: readonly z.input<typeof overrideInput>[];
  readonly policies: readonly { readonly team: string; readonly body: z.input<typeof policyInput> }[];
  readonly services: readonly { readonly service: string; readonly team: string }[];
  readonly remarks: readonly Remark[];
}

/** The same for the same export: names and ids depend on nothing else. */
export function planOfMove(move: Move): Plan {
  const remarks = [...move.remarks];
  const users = move.people.filter(({ email, body }) =>
    carried(remarks, () => parsed(`user ${email}`, putUserContract.body, body)),
  );
  const teams = teamsOf(move, remarks).map((team) => ({ ...team, ...fill(team, move.rotas, remarks) }));
  const owners = new Map(
    teams.flatMap(({ policy, team, schedule, body }) => (schedule || body ? [[policy.id, team]] : [])),
  );
  const services = move.services.flatMap(({ name, owner }) => {
    const what = `service "${name}"`;
    const service = carried(remarks, () => parsed(what, serviceName, name));
    const team = owners.get(owner);
    if (service !== undefined && team !== undefined) return [{ service, team }];
    remarks.push({
      kind: "left",
      what,
      why: "belongs to nobody whose policy or schedule was carried",
      instead: "Give it to a team with PUT /api/v1/services/{service}.",
    });
    return [];
  });
  return {
    users,
    schedules: teams.flatMap(({ team, schedule }) => (schedule ? [{ team, body: schedule }] : [])),
    overrides: teams.flatMap(({ overrides }) => overrides),
    policies: teams.flatMap(({ team, body }) => (body ? [{ team, body }] : [])),
    services,
    remarks,
  };
}

interface Team {
  readonly team: string;
  readonly policy: MovedPolicy;
}

/** Of every policy, and of every schedule that none names. */
function teamsOf({ policies, rotas }: Move, remarks: Remark[]): Team[] {
  const named = new Set(
    policies.flatMap(({ levels }) => levels.flatMap(({ targets }) => targets.flatMap(idOfRota))),
  );
  const alone = rotas.filter(({ id }) => !named.has(id)).map(policyOfRota);
  const taken = new Set<string>();
  return [...policies, ...alone].map((policy) => {
    const wanted = slugOf(policy.team);
    let team = wanted;
    for (let count = 2; taken.has(team); count += 1) team = `${wanted}-${count}`;
    taken.add(team);
    if (team !== wanted)
      remarks.push({
        kind: "changed",
        what: `team "${policy.team}"`,
        why: `is ${team} here, as there is another ${wanted}`,
        instead: "Rename one of them there if you mind.",
      });
    return { team, policy };
  });
}

function idOfRota(target: MovedTarget): string[] {
  return target.type === "rota" ? [target.id] : [];
}

/** Whoever is on call by it is paged once. */
export function policyOfRota({ id, name }: Pick<MovedRota, "id" | "name">): MovedPolicy {
  return {
    id,
    name,
    team: name,
    levels: [{ targets: [{ type: "rota", id, name }], delaySeconds: 300 }],
    repeat: 0,
  };
}

/** `Zahlungen & Käufe` is `zahlungen-kaufe`; a name without Latin letters stays as it is. */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return teamName.safeParse(slug || name).data ?? "team";
}

function fill({ team, policy }: Team, rotas: readonly MovedRota[], remarks: Remark[]) {
  const roles = rolesOf(policy, rotas, remarks);
  const layers = named(
    [...roles].flatMap(([rota, own]) =>
      rota.lanes.flatMap((lane, index) =>
        lane.map(({ layer }): Layer => ({ ...layer, role: own[index] ?? "primary" })),
      ),
    ),
  );
  const [first] = roles.keys();
  const body = first && { timezone: first.timezone, layers };
  const schedule =
    body && carried(remarks, () => parsed(`team ${team}`, layeredPlan, body)) ? body : undefined;
  return {
    schedule,
    overrides: schedule ? overridesOf(team, roles, remarks) : [],
    body: policyBody(policy, schedule ? roles : new Map(), rotas, remarks),
  };
}

/**
 * The schedules that a policy names, by the roles that their lanes get in its team. One team has one primary, one
 * secondary and one time zone; what finds no place there is said.
 */
function rolesOf(policy: MovedPolicy, rotas: readonly MovedRota[], remarks: Remark[]) {
  const ids = new Set(policy.levels.flatMap(({ targets }) => targets.flatMap(idOfRota)));
  const roles = new Map<MovedRota, readonly OnCallRole[]>();
  let used = 0;
  for (const id of ids) {
    const rota = rotas.find((each) => each.id === id);
    if (!rota || (constantPerson(rota) && used > 0)) continue;
    const [first = rota] = roles.keys();
    const what = `escalation policy "${policy.name}", schedule "${rota.name}"`;
    if (first.timezone !== rota.timezone) {
      remarks.push({
        kind: "left",
        what,
        why: `is in ${rota.timezone}, the policy's first schedule in ${first.timezone}`,
        instead: "Put both in one time zone, or give it a policy of its own.",
      });
    } else if (used + rota.lanes.length > onCallRoles.length) {
      remarks.push({
        kind: "left",
        what,
        why: "a team has a primary and a secondary, and others have taken those roles",
        instead: "Name people in that level, or give it a policy of its own.",
      });
    } else {
      roles.set(rota, onCallRoles.slice(used, used + rota.lanes.length));
      used += rota.lanes.length;
    }
  }
  return roles;
}

/** Who is on call by a schedule at any time, if that is always the same person: they can be named instead. */
function constantPerson({ lanes, overrides }: MovedRota): string | undefined {
  const [[only, ...layers] = [], ...others] = lanes;
  const [member, ...members] = only?.layer.members ?? [];
  const restricted = (only?.layer.restrictions ?? []).length > 0;
  const several = layers.length + others.length + members.length + overrides.length > 0;
  return restricted || several ? undefined : member?.email;
}

/** Layers' names differ within a schedule. */
function named(layers: readonly Layer[]): Layer[] {
  const taken = new Set<string>();
  return layers.map((layer) => {
    const base = [...layer.name].slice(0, limits.personNameLength - 4).join("");
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base} ${count}`;
    taken.add(name);
    return { ...layer, name };
  });
}

function overridesOf(
  team: string,
  roles: ReadonlyMap<MovedRota, readonly OnCallRole[]>,
  remarks: Remark[],
): z.input<typeof overrideInput>[] {
  return [...roles].flatMap(([rota, own]) =>
    rota.overrides.flatMap(({ id, name, email, start, end, lanes }) =>
      lanes.flatMap((lane) => {
        const body = {
          team,
          user_name: name,
          user_email: email,
          role: own[lane] ?? "primary",
          starts_at: formatInstant(start),
          ends_at: formatInstant(end),
        };
        const what = `schedule "${rota.name}", override ${id}`;
        return carried(remarks, () => parsed(what, overrideInput, body)) ? [body] : [];
      }),
    ),
  );
}

function policyBody(
  { name, levels, repeat }: MovedPolicy,
  roles: ReadonlyMap<MovedRota, readonly OnCallRole[]>,
  rotas: readonly MovedRota[],
  remarks: Remark[],
): z.input<typeof policyInput> | undefined {
  const what = `escalation policy "${name}"`;
  const rules = levels.flatMap(({ targets, delaySeconds }, index) => {
    const level = `${what}, level ${index + 1}`;
    const ours = targets.flatMap((target) => targetsOf(target, roles, rotas, level, remarks));
    if (ours.length > 0) return [{ targets: ours, delay_seconds: delaySeconds }];
    remarks.push({
      kind: "left",
      what: level,
      why: "pages nobody who was carried: the level after it is paged in its place",
      instead: "Give the team's policy a level that pages somebody.",
    });
    return [];
  });
  if (rules.length === 0) {
    const why = "has no level that pages somebody";
    remarks.push({ kind: "left", what, why, instead: "Give the team a policy by hand." });
    return undefined;
  }
  const body = { rules, repeat };
  return carried(remarks, () => parsed(what, policyInput, body)) && body;
}

function targetsOf(
  target: MovedTarget,
  roles: ReadonlyMap<MovedRota, readonly OnCallRole[]>,
  rotas: readonly MovedRota[],
  level: string,
  remarks: Remark[],
): PolicyTarget[] {
  if (target.type === "user") return [target];
  const rota = rotas.find(({ id }) => id === target.id);
  const own = rota && roles.get(rota);
  if (own) return own.map((role) => ({ type: "schedule", role }));
  const person = rota && constantPerson(rota);
  if (person !== undefined) return [{ type: "user", email: person }];
  remarks.push({
    kind: "left",
    what: level,
    why: `pages schedule "${rota?.name ?? target.name}", which the team could not be given`,
    instead: "See what is said of that schedule.",
  });
  return [];
}
