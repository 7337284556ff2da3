import type { Incident } from "../../domain/incidents/incident.ts";
import {
  defaultPolicy,
  type EscalationPosition,
  positionAfter,
  type Recipient,
  stepFrom,
} from "../../domain/oncall/escalation.ts";
import { onCallAt } from "../../domain/oncall/on-call.ts";
import { onCallRoles } from "../../domain/oncall/schedule.ts";
import type { Person } from "../../domain/person.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { ScheduleStore } from "../ports/oncall.ts";

/** The next step of an escalation. */
export interface NextPaging {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Null if no remaining level reaches anyone: the fallback address is paged. */
  readonly step: { readonly position: EscalationPosition; readonly recipients: readonly Recipient[] } | null;
}

export interface Paging {
  /** Null if nothing follows. */
  readonly next: NextPaging | null;
  /** People of the team: primary, secondary, then the other members of the schedule. */
  readonly people: readonly Person[];
}

interface ReadPagingDeps {
  readonly incidents: Pick<IncidentStore, "findPolicy">;
  readonly schedules: Pick<ScheduleStore, "load">;
}

/**
 * Reads who is paged next for an incident, by its policy and the schedule at that time. Reads up to two units: the
 * policy, unless nothing follows, and the schedule.
 */
export async function readPaging(
  { incidents, schedules }: ReadPagingDeps,
  { id, team, escalation }: Pick<Incident, "id" | "team" | "escalation">,
  now: number,
): Promise<Paging> {
  const nextAt = escalation?.nextAt ?? null;
  const [loaded, policy] = await Promise.all([
    schedules.load(team, now, { stale: true }),
    nextAt === null ? undefined : incidents.findPolicy(id),
  ]);
  const history = loaded?.history ?? null;
  const onCall = history ? onCallRoles.flatMap((role) => onCallAt(history, role, now).person ?? []) : [];
  const members = (history?.schedules.at(-1)?.layers ?? []).flatMap((layer) => layer.members);
  const people = new Map([...onCall, ...members].map(({ name, email }) => [email, { name, email }]));
  if (!escalation || nextAt === null) return { next: null, people: [...people.values()] };
  const rules = policy ?? defaultPolicy;
  const position = positionAfter(rules, escalation);
  const at = Math.max(nextAt, now);
  const step = position && stepFrom(rules, position, history, at);
  return { next: { at: nextAt, step: step ?? null }, people: [...people.values()] };
}
