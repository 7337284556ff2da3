import * as z from "zod";
import { serviceName, severityInput, text } from "../../../contracts/fields.ts";
import { timezone } from "../../../contracts/oncall/local.ts";
import { presentSimulation, simulationInput } from "../../../contracts/oncall/simulation.ts";
import { limits } from "../../../domain/limits.ts";
import { firstInstantOf } from "../../../domain/wall-clock.ts";
import type { simulateAlert } from "../../../use-cases/alerts/simulate-alert.ts";
import { faultsOf } from "../../../validation/faults.ts";
import { localMinute } from "../../site/forms/local-minute.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { reasonText } from "../edit-policy/policy-labels.ts";
import { SimulateView } from "./view.tsx";

const query = z.object({
  service: serviceName.optional(),
  severity: severityInput.default("critical"),
  message: text(0, limits.messageLength).default(""),
  at: localMinute.optional(),
  timezone: timezone.optional(),
});
/** Takes any text, because errors are shown next to the fields. */
const typed = z
  .object({
    service: z.string(),
    severity: z.string(),
    message: z.string(),
    at: z.string(),
    timezone: z.string(),
  })
  .partial();

interface UseCases {
  readonly simulateAlert: Wired<typeof simulateAlert>;
  readonly fallbackEmail: () => string;
}

export const simulatePage = page(
  { query: typed },
  async ({ query: sent, ...viewing }, { simulateAlert, fallbackEmail }: UseCases) => {
    const title = "Escalation simulation";
    const ownZone = viewing.viewer.timezone ?? "UTC";
    const parsed = query.safeParse(sent);
    if (!parsed.success) {
      const faults = faultsOf(parsed.error.issues, limits.faultsPerReply);
      const asked = { ...query.parse({}), service: undefined, at: viewing.now, timezone: ownZone };
      const view = (
        <SimulateView {...viewing} asked={asked} result={null} rejected={{ values: sent, faults }} />
      );
      return { title, status: 422, content: view };
    }
    const { service, severity, message, timezone = ownZone } = parsed.data;
    const at = parsed.data.at === undefined ? viewing.now : firstInstantOf(parsed.data.at, timezone);
    let result = null;
    if (service !== undefined) {
      const input = simulationInput.parse({ service, severity, message });
      const draft = { ...input, dedupKey: input.dedup_key };
      const simulation = await simulateAlert(draft, at, Number.POSITIVE_INFINITY);
      result = presentSimulation(input, at, simulation, {
        fallbackEmail: fallbackEmail(),
        describe: reasonText,
      });
    }
    return {
      title,
      content: (
        <SimulateView {...viewing} asked={{ service, severity, message, at, timezone }} result={result} />
      ),
    };
  },
);
