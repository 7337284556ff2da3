import * as z from "zod";
import { faultsOf } from "../../../shared/contracts/faults.ts";
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
import { simulateAlert } from "../../../shared/use-cases/alerts/simulate-alert.ts";

const query = z.object({
  service: serviceName.optional(),
  severity: severityInput.default("critical"),
  message: text(0, limits.messageLength).default(""),
  at: localMinute.optional(),
  timezone: timezone.default("UTC"),
});
/** As somebody typed it: what is wrong is shown at its field. */
const typed = z.object({}).catchall(z.string());

export const simulatePage = page("simulate", { query: typed }, async ({ query: sent, ...viewing }) => {
  const title = "Who would be paged?";
  const parsed = query.safeParse(sent);
  if (!parsed.success) {
    const faults = faultsOf(parsed.error.issues, limits.faultsPerReply);
    const asked = { ...query.parse({}), service: undefined, at: viewing.now };
    const view = (
      <SimulateView {...viewing} asked={asked} result={null} unanswered={{ values: sent, faults }} />
    );
    return { title, status: 422, content: view };
  }
  const { service, severity, message, timezone } = parsed.data;
  const at = parsed.data.at === undefined ? viewing.now : firstInstantOf(parsed.data.at, timezone);
  let result = null;
  if (service !== undefined) {
    const input = simulationInput.parse({ service, severity, message });
    const draft = { ...input, dedupKey: input.dedup_key };
    const simulation = await simulateAlert(simulateDeps(), draft, at, Number.POSITIVE_INFINITY);
    result = presentSimulation(input, at, simulation, pagingConfig().FALLBACK_EMAIL);
  }
  return {
    title,
    content: (
      <SimulateView {...viewing} asked={{ service, severity, message, at, timezone }} result={result} />
    ),
  };
});
