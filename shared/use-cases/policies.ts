import { defaultPolicy, type EscalationPolicy } from "../domain/escalation.ts";
import { existing } from "./existing.ts";
import type { RotaStore } from "./ports.ts";

/** A team's policy, the default if it made none. @throws NotFound when nothing is known of the team */
export async function readPolicy(
  { rotas }: { readonly rotas: RotaStore },
  team: string,
  now: number,
): Promise<EscalationPolicy> {
  return existing(await rotas.load(team, now), "team", team).policy ?? defaultPolicy;
}
