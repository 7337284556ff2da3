import * as z from "zod";
import { serviceName, severityInput } from "../../../shared/contracts/fields.ts";
import { timezone } from "../../../shared/contracts/oncall/local.ts";
import { presentSimulation } from "../../../shared/contracts/oncall/simulation.ts";
import { localMinute } from "../../../shared/contracts/web/local-minute.ts";
import { firstInstantOf } from "../../../shared/domain/wall-clock.ts";
import { page } from "../../../shared/http/site.ts";
import { SimulateView } from "../../../shared/pages/simulate-view.tsx";
import { pagingConfig } from "../../../shared/runtime/config.ts";
import { simulateDeps } from "../../../shared/runtime/deps.ts";
import { simulate } from "../../../shared/use-cases/simulate.ts";

const query = z.object({
  service: serviceName.optional(),
  severity: severityInput.default("critical"),
  at: localMinute.optional(),
  timezone: timezone.default("UTC"),
});

export const simulatePage = page("simulate", { query }, async ({ query, ...viewing }) => {
  const { service, severity, timezone } = query;
  const at = query.at === undefined ? viewing.now : firstInstantOf(query.at, timezone);
  const result =
    service === undefined
      ? null
      : presentSimulation(
          { service, severity },
          at,
          await simulate(simulateDeps(), service, at, Number.POSITIVE_INFINITY),
          pagingConfig().FALLBACK_EMAIL,
        );
  return {
    title: "Who would be paged?",
    content: <SimulateView {...viewing} asked={{ service, severity, at, timezone }} result={result} />,
  };
});
