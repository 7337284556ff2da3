import { receiveDeliveryReportContract } from "../../shared/contracts/notifications/receive-delivery-report.ts";
import { readDeliveryReport } from "../../shared/contracts/notifications/twilio.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { admitTwilio } from "../../shared/runtime/inbound/twilio.ts";
import { notifyDeps } from "../../shared/runtime/later/deps.ts";
import { log } from "../../shared/runtime/system.ts";
import { reportDelivery } from "../../shared/use-cases/notifications/report-delivery.ts";

export const handler = openEndpoint(
  receiveDeliveryReportContract,
  async ({ query: { id }, body, headers, now }) => {
    const report = readDeliveryReport(await admitTwilio(headers, `/twilio/status?id=${id}`, body));
    if (report)
      await reportDelivery({ ...notifyDeps(), sha256, log: log() }, id, { ...report, at: now }, now);
    return new Response(null);
  },
);
