import { StaleVersion } from "../../domain/errors.ts";
import { defaultPolicy, type EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { existing } from "../existing.ts";
import type { RotaStore, TeamRota } from "../ports/oncall.ts";
import { retryStale } from "../retry-stale.ts";

/** Reads a team's policy, or the default. @throws NotFound if the team is unknown */
export async function readPolicy(
  { rotas }: { readonly rotas: RotaStore },
  team: string,
  now: number,
): Promise<EscalationPolicy> {
  return existing(await rotas.load(team, now), "team", team).policy ?? defaultPolicy;
}

/** Replaces a team's policy. */
export function putPolicy(
  { rotas }: { readonly rotas: RotaStore },
  team: string,
  policy: EscalationPolicy,
  now: number,
): Promise<void> {
  return retryStale(async () => {
    const known = await rotas.load(team, now);
    await rotas.putPolicy(team, policy, known?.policyVersion);
  });
}

/** Replaces the policy that was read. @returns false if it has changed since */
export async function replacePolicy(
  { rotas }: { readonly rotas: RotaStore },
  team: string,
  policy: EscalationPolicy,
  known: Pick<TeamRota, "policyVersion"> | undefined,
): Promise<boolean> {
  try {
    await rotas.putPolicy(team, policy, known?.policyVersion);
    return true;
  } catch (error) {
    if (error instanceof StaleVersion) return false;
    throw error;
  }
}
