import * as z from "zod";
import { serviceName } from "../../../contracts/fields.ts";
import type { sendTestAlert } from "../../../use-cases/alerts/send-test-alert.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

interface UseCases {
  readonly sendTestAlert: Wired<typeof sendTestAlert>;
}

export const sendTestAlertAction = action(
  { right: "respond", team: "resource", form: z.object({ service: serviceName }) },
  async ({ form: { service }, now }, { sendTestAlert }: UseCases) => {
    await sendTestAlert(service, now);
    return { to: pageHref("incidents"), flash: done(`Sent a test alert for ${isolate(service)}.`) };
  },
);
