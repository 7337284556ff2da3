import { baseUrl } from "../http/base-url.ts";
import { edgeConfig, inboundEmailConfig } from "./config.ts";

export const baseUrlOf = (headers: Headers) => baseUrl(edgeConfig().PUBLIC_URL, headers);

/** Returns where the platform receives events of integrations. */
export const platformAddressOf = (headers: Headers) => ({
  baseUrl: baseUrlOf(headers),
  emailDomain: inboundEmailConfig().INBOUND_EMAIL_DOMAIN,
});
