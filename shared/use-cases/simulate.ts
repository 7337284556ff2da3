import { type Gap, gapsOfPolicy } from "../domain/coverage.ts";
import {
  defaultPolicy,
  type EscalationPolicy,
  type EscalationPosition,
  type EscalationStep,
  firstPosition,
  positionAfter,
  stepFrom,
} from "../domain/escalation.ts";
import type { Rota } from "../domain/on-call.ts";
import type { RotaStore } from "./ports.ts";
import { type OwnershipDeps, resolveOwnership } from "./resolve-ownership.ts";

/** A rule that would fire, and when: epoch milliseconds. */
export interface SimulatedStep extends EscalationStep {
  readonly at: number;
}

export interface Simulation {
  readonly team: string;
  /** Steps that would fire, in their order. */
  readonly steps: readonly SimulatedStep[];
  /** When the fallback would be paged, because the rules that remain reach nobody; null for never. */
  readonly fallbackAt: number | null;
  readonly gaps: readonly Gap[];
}

/** Far enough ahead to see a gap in coverage coming. */
const coverageMs = 30 * 86_400_000;

/**
 * Whom an incident of a service would page, by the steps that real ones take; creates nothing.
 *
 * @param owner the team that it goes to, whoever owns the service
 */
export async function simulate(
  deps: OwnershipDeps & { readonly rotas: RotaStore },
  service: string,
  at: number,
  acknowledgedAt: number,
  owner?: string,
): Promise<Simulation> {
  const team = owner ?? (await resolveOwnership(deps, service)).team;
  const known = await deps.rotas.load(team, at);
  const policy = known?.policy ?? defaultPolicy;
  const rota = known?.rota ?? null;
  const { steps, fallbackAt } = stepsOf(policy, rota, at, acknowledgedAt);
  return {
    team,
    steps,
    fallbackAt,
    gaps: gapsOfPolicy(rota ?? { schedules: [], overrides: [] }, policy, at, at + coverageMs),
  };
}

/** The steps of an incident that opens at an instant and is acknowledged at another. */
export function stepsOf(
  policy: EscalationPolicy,
  rota: Rota | null,
  at: number,
  acknowledgedAt: number,
): Pick<Simulation, "steps" | "fallbackAt"> {
  const steps: SimulatedStep[] = [];
  let position: EscalationPosition | undefined = firstPosition;
  // The first page is decided as the incident opens: no acknowledgement comes before it.
  for (let now = at; position; ) {
    const step = stepFrom(policy, position, rota, now);
    if (!step) return { steps, fallbackAt: now };
    steps.push({ ...step, at: now });
    if (step.nextAt === null || step.nextAt >= acknowledgedAt) break;
    position = positionAfter(policy, step.position);
    now = step.nextAt;
  }
  return { steps, fallbackAt: null };
}
