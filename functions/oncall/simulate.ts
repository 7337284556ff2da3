import { simulateContract } from "../../shared/contracts/oncall/simulate.ts";
import { presentSimulation } from "../../shared/contracts/oncall/simulation.ts";
import { pagingConfig } from "../../shared/runtime/config.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { simulateDeps } from "../../shared/runtime/later/deps.ts";
import { simulateAlert } from "../../shared/use-cases/alerts/simulate-alert.ts";

export const handler = endpoint(simulateContract, async ({ body, now }) => {
  const at = body.at ?? now;
  const { acknowledge_after_seconds: seconds = Number.POSITIVE_INFINITY, dedup_key: dedupKey } = body;
  const simulation = await simulateAlert(simulateDeps(), { ...body, dedupKey }, at, seconds * 1_000);
  const { FALLBACK_EMAIL: fallbackEmail } = pagingConfig();
  return { body: presentSimulation(body, at, simulation, { fallbackEmail }) };
});
