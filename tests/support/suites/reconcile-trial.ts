/** Asks channels about messages without a report, at a provider with configurable answers. */
import { afterAll, beforeAll } from "vitest";
import type { Channel } from "../../../shared/channels/channel-type.ts";
import { createHttp, type HttpClient } from "../../../shared/outbound/http.ts";
import { monday } from "../builders.ts";
import { type ProviderServer, startProvider } from "../platform/provider-server.ts";
import { patientMs } from "./channel-suite.ts";

/**
 * Starts a provider for the tests of a `describe` block.
 *
 * @param make returns the channel of a provider's URL
 * @param accepted detail of the attempt that sent the message
 * @returns a function that asks about a message, given the provider's answer, and returns the report and the requests
 */
export function reconcileTrial(make: (http: HttpClient, url: string) => Channel, accepted: string) {
  let provider: ProviderServer;
  beforeAll(async () => {
    provider = await startProvider();
  });
  afterAll(() => provider.close());

  return async (answer: object, detail = accepted) => {
    provider.behave({ status: 200, body: JSON.stringify(answer) });
    const before = provider.requests.length;
    const http = createHttp({ allowPrivate: true, allowedNetworks: [], timeoutMs: patientMs });
    const attempt = { at: monday, ok: true, outcome: "sent", hash: "", detail } as const;
    const report = await make(http, provider.url).reconcile?.({ attempts: [attempt] }, monday);
    const requests = provider.requests.slice(before);
    return { report, requests: requests.map(({ method, path, body }) => ({ method, path, body })) };
  };
}
