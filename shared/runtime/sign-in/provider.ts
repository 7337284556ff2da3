import { lazy } from "../../caching/lazy.ts";
import { NoSuchPath } from "../../http/errors.ts";
import { identityProvider } from "../../oidc/identity-provider.ts";
import { fetchThrough } from "../../outbound/fetch.ts";
import { oidcConfig, oidcSecretConfig } from "../config.ts";
import { outboundHttp } from "../outbound.ts";
import { clock } from "../system.ts";

/** Part of the time for a response. A sign-in makes up to three requests. */
const timeoutMs = 2_500;

/** Largest response: the keys of a provider. */
const responseBytes = 256 * 1024;

const created = lazy(() => {
  const settings = oidcConfig();
  return identityProvider(
    {
      issuer: settings.OIDC_ISSUER,
      clientId: settings.OIDC_CLIENT_ID,
      clientSecret: oidcSecretConfig().OIDC_CLIENT_SECRET,
      scopes: settings.OIDC_SCOPES,
      groupsClaim: settings.OIDC_GROUPS_CLAIM,
      trustsEmail: settings.OIDC_TRUST_EMAIL === "on",
      emailDomains: settings.OIDC_EMAIL_DOMAINS,
    },
    { fetch: fetchThrough(outboundHttp({ timeoutMs, responseBytes })), clock },
  );
});

/** Returns the identity provider. @throws NoSuchPath if none is configured */
export function provider() {
  if (oidcConfig().OIDC_ISSUER === "")
    throw new NoSuchPath("No identity provider is configured. Sign in with an API key");
  return created();
}
