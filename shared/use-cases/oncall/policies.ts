import { StaleVersion } from "../../domain/errors.ts";
import { defaultPolicy, type EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { existing } from "../existing.ts";
import type { RotaStore, TeamRota } from "../ports/oncall.ts";
import { retryStale } from "../retry-stale.ts";

/** A team's policy, the default if it made none. @throws NotFound when nothing is known of the team */
export async function readPolicy(
  { rotas }: { readonly rotas: RotaStore },
  team: string,
  now: number,
): Promise<EscalationPolicy> {
  return existing(await rotas.load(team, now), "team", team).policy ?? defaultPolicy;
}

/** Puts a policy in the place of the team's. */
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

/** Puts a policy in the place of the one that was read. @returns whether it was still that one */
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
