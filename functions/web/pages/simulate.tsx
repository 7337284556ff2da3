import * as z from "zod";
import { serviceName, severityInput, text } from "../../../shared/contracts/fields.ts";
import { timezone } from "../../../shared/contracts/oncall/local.ts";
import { presentSimulation, simulationInput } from "../../../shared/contracts/oncall/simulation.ts";
import { localMinute } from "../../../shared/contracts/web/local-minute.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { firstInstantOf } from "../../../shared/domain/wall-clock.ts";
import { page } from "../../../shared/http/site.ts";
import { SimulateView } from "../../../shared/pages/simulate-view.tsx";
import { pagingConfig } from "../../../shared/runtime/config.ts";
import { simulateDeps } from "../../../shared/runtime/deps.ts";
import { simulateAlert } from "../../../shared/use-cases/simulate-alert.ts";

const query = z.object({
  service: serviceName.optional(),
  severity: severityInput.default("critical"),
  message: text(0, limits.messageLength).default(""),
  at: localMinute.optional(),
  timezone: timezone.default("UTC"),
});

export const simulatePage = page("simulate", { query }, async ({ query, ...viewing }) => {
  const { service, severity, message, timezone } = query;
  const at = query.at === undefined ? viewing.now : firstInstantOf(query.at, timezone);
  let result = null;
  if (service !== undefined) {
    const input = simulationInput.parse({ service, severity, message });
    const draft = { ...input, dedupKey: input.dedup_key };
    const simulation = await simulateAlert(simulateDeps(), draft, at, Number.POSITIVE_INFINITY);
    result = presentSimulation(input, at, simulation, pagingConfig().FALLBACK_EMAIL);
  }
  return {
    title: "Who would be paged?",
    content: (
      <SimulateView {...viewing} asked={{ service, severity, message, at, timezone }} result={result} />
    ),
  };
});
