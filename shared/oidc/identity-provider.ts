/**
 * Signs people in at an OpenID Connect provider with openid-client: discovery, authorization code with PKCE, state and
 * nonce, and ID tokens whose signatures are verified with the provider's current keys.
 */
import { createRemoteJWKSet, customFetch as joseFetch } from "jose";
import { JOSEError, JWKSTimeout } from "jose/errors";
import * as oidc from "openid-client";
import { ttlCache } from "../caching/ttl-cache.ts";
import { SignInFailed } from "../domain/access/sign-in-errors.ts";
import { Unavailable } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import { PermanentFailure, TemporaryFailure } from "../domain/notifications/delivery.ts";
import { hourMs } from "../domain/time-units.ts";
import type { Fetch } from "../outbound/fetch.ts";
import type { IdentityProvider } from "../use-cases/ports/identity-provider.ts";
import type { Clock } from "../use-cases/ports/system.ts";
import { readLogoutToken } from "./logout-token.ts";
import { type ClaimRules, readPersonClaims } from "./person-claims.ts";

export interface ProviderSettings extends ClaimRules {
  /** Exactly as the provider writes it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Empty for a public client. */
  readonly clientSecret: string;
  /** Separated by spaces. */
  readonly scopes: string;
}

interface ProviderDeps {
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/** The provider's addresses change rarely. Its keys are cached by the libraries, and fetched again when one is unknown. */
const discoveryMs = hourMs;

export function identityProvider(
  settings: ProviderSettings,
  { fetch, clock }: ProviderDeps,
): IdentityProvider {
  const { issuer, clientId } = settings;
  const discover = ttlCache(discoveryMs, clock, async () => {
    const configuration = await discovered(settings, fetch);
    const metadata = configuration.serverMetadata();
    const { jwks_uri: uri, id_token_signing_alg_values_supported: algorithms = ["RS256"] } = metadata;
    return {
      configuration,
      issuer: metadata.issuer,
      algorithms: algorithms.filter((each) => each !== "none" && !each.startsWith("HS")),
      keys: createRemoteJWKSet(new URL(uri ?? issuer), { [joseFetch]: fetch }),
    };
  });
  const discovery = () => discover(issuer).catch(unavailable);

  return {
    async signInUrl({ state, nonce, codeVerifier }, redirectUri) {
      const { configuration } = await discovery();
      const parameters = {
        scope: settings.scopes,
        redirect_uri: redirectUri,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: "S256",
      };
      return oidc.buildAuthorizationUrl(configuration, parameters).href;
    },

    async finishSignIn({ state, nonce, codeVerifier }, callback) {
      const { configuration } = await discovery();
      const tokens = await oidc
        .authorizationCodeGrant(configuration, callback, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        })
        .catch(failed);
      const claims = tokens.claims();
      if (!claims || tokens.id_token === undefined)
        throw new SignInFailed("The identity provider sent no ID token.");
      // The library compares it only for several audiences (OpenID Connect Core 1.0, section 3.1.3.7).
      if (claims.azp !== undefined && claims.azp !== clientId)
        throw new SignInFailed("The ID token was issued to another application.");
      // Some providers leave the address to the user info.
      const isComplete = claims.email !== undefined || !configuration.serverMetadata().userinfo_endpoint;
      const others = isComplete
        ? {}
        : await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub).catch(failed);
      return { ...readPersonClaims({ ...others, ...claims }, settings), idToken: tokens.id_token };
    },

    async readLogout(token, now) {
      const { configuration: _, ...expected } = await discovery();
      return readLogoutToken(token, { ...expected, clientId }, now).catch(failed);
    },

    async signOutUrl(idToken, returnTo) {
      const { configuration } = await discovery();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
      return oidc.buildEndSessionUrl(configuration, {
        post_logout_redirect_uri: returnTo,
        ...(idToken !== undefined && { id_token_hint: idToken }),
      }).href;
    },
  };
}

async function discovered(
  { issuer, clientId, clientSecret }: ProviderSettings,
  fetch: Fetch,
): Promise<oidc.Configuration> {
  const metadata = { [oidc.clockTolerance]: limits.clockSkewSeconds };
  // The outbound client decides which addresses may be plain.
  const isPlain = issuer.startsWith("http:");
  return oidc.discovery(new URL(issuer), clientId, metadata, authentication(clientSecret), {
    [oidc.customFetch]: fetch,
    execute: [oidc.enableNonRepudiationChecks, ...(isPlain ? [oidc.allowInsecureRequests] : [])],
  });
}

/** Sends the secret as the provider accepts it (OpenID Connect Discovery 1.0, section 3, for the default). */
function authentication(secret: string): oidc.ClientAuth {
  if (secret === "") return oidc.None();
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, ...request) => {
    const { token_endpoint_auth_methods_supported: methods = ["client_secret_basic"] } = server;
    return (methods.includes("client_secret_basic") ? basic : post)(server, ...request);
  };
}

/** For `catch`: the provider does not respond, or not as a provider. */
function unavailable(cause: unknown): never {
  throw new Unavailable("The identity provider", { cause });
}

/** For `catch`: distinguishes an invalid response from none. Details stay out of the message, which people see. */
function failed(error: unknown): never {
  if (error instanceof SignInFailed) throw error;
  if (causesOf(error).some(isOutage)) unavailable(error);
  const problem = new SignInFailed(messageOf(error));
  problem.cause = error;
  throw problem;
}

function causesOf(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

function isOutage(error: unknown): boolean {
  if (error instanceof TemporaryFailure || error instanceof PermanentFailure) return true;
  if (error instanceof JWKSTimeout) return true;
  return error instanceof oidc.ResponseBodyError && error.status >= 500;
}

function messageOf(error: unknown): string {
  const again = "Start again.";
  if (error instanceof oidc.AuthorizationResponseError)
    return `The identity provider refused the sign-in (${word(error.error)}). ${again}`;
  if (error instanceof oidc.ResponseBodyError)
    return `The identity provider did not accept the response (${word(error.error)}). ${again}`;
  if (error instanceof JOSEError) return "The token is not valid";
  return `The response of the identity provider is not valid. ${again}`;
}

/** Returns an error code of the provider if it is one (RFC 6749, section 5.2). */
function word(code: string): string {
  return /^[a-z_]{1,64}$/.test(code) ? code : "error";
}
