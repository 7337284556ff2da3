import { type Gap, gapsOfPolicy } from "../domain/coverage.ts";
import {
  defaultPolicy,
  type EscalationStep,
  firstPosition,
  positionAfter,
  stepFrom,
} from "../domain/escalation.ts";
import type { RotaStore } from "./ports.ts";
import { type OwnershipDeps, resolveOwnership } from "./resolve-ownership.ts";

export interface Simulation {
  readonly team: string;
  /** Steps that would fire, in their order; `at` in epoch milliseconds. */
  readonly steps: readonly (EscalationStep & { readonly at: number })[];
  /** Whether the fallback would be paged, because nobody is on call at any level. */
  readonly fallback: boolean;
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
  const steps: (EscalationStep & { at: number })[] = [];
  let step = stepFrom(policy, firstPosition, rota, at);
  const fallback = step === undefined;
  // The first page is decided as the incident opens: no acknowledgement comes before it.
  for (let now = at; step; ) {
    steps.push({ ...step, at: now });
    const next = positionAfter(policy, step.position);
    if (!next || step.nextAt === null || step.nextAt >= acknowledgedAt) break;
    now = step.nextAt;
    step = stepFrom(policy, next, rota, now);
  }
  return {
    team,
    steps,
    fallback,
    gaps: gapsOfPolicy(rota ?? { schedules: [], overrides: [] }, policy, at, at + coverageMs),
  };
}
