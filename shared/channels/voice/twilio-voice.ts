import * as z from "zod";
import { answerReport, endReport } from "../../domain/notifications/call-report.ts";
import type { HttpClient } from "../../outbound/http.ts";
import type { Channel, ProviderReport } from "../channel-type.ts";
import { providerIdOf } from "../provider/provider-id.ts";
import { callTwilio, headersFor, type Twilio, urlFor } from "../provider/twilio.ts";
import { callUrl, ringSeconds } from "./call-url.ts";

const callSchema = z.object({ status: z.string(), answered_by: z.string().nullish() });

/** Calls that no one can have heard. */
const unheard: ReadonlySet<string> = new Set(["queued", "initiated", "ringing"]);

/** Calls through Twilio, or a provider with the same API. */
export function twilioVoice({
  http,
  callbacks,
  ...account
}: Twilio & { readonly http: HttpClient }): Channel {
  return {
    async deliver(message) {
      const { notification, at } = message;
      const urls = callbacks(notification.id, at);
      const form = {
        To: notification.address,
        From: account.from,
        Url: callUrl(urls, "twilio"),
        StatusCallback: urls?.status ?? "",
        MachineDetection: "Enable",
        Timeout: `${ringSeconds}`,
      };
      return callTwilio({ http, account, resource: "Calls", form, message });
    },

    async reconcile(message): Promise<ProviderReport | null> {
      const providerId = providerIdOf(message);
      if (providerId === undefined) return null;
      const url = urlFor(account, `Calls/${encodeURIComponent(providerId)}`);
      const headers = headersFor(account);
      const { body } = await http.get(url, headers);
      const { status, answered_by: answeredBy } = callSchema.parse(JSON.parse(body));
      if (unheard.has(status)) {
        // A call that is answered in this moment is not canceled.
        await http.post({ url, headers, body: new URLSearchParams({ Status: "canceled" }).toString() });
        return { kind: "undelivered", detail: `canceled while ${status}`, providerId };
      }
      const report = status === "in-progress" ? answerReport(answeredBy) : endReport(status, answeredBy);
      return report && { ...report, providerId };
    },
  };
}
