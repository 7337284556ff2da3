import { simulateContract } from "../../shared/contracts/oncall/simulate.ts";
import { presentSimulation } from "../../shared/contracts/oncall/simulation.ts";
import { pagingConfig } from "../../shared/runtime/config.ts";
import { simulateDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { simulate } from "../../shared/use-cases/simulate.ts";

export const handler = endpoint(simulateContract, async ({ body, now }) => {
  const at = body.at ?? now;
  const { acknowledge_after_seconds: seconds = Number.POSITIVE_INFINITY } = body;
  const simulation = await simulate(simulateDeps(), body.service, at, at + seconds * 1_000);
  return { body: presentSimulation(body, at, simulation, pagingConfig().FALLBACK_EMAIL) };
});
