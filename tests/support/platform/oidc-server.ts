/**
 * A real OpenID Connect provider on a local port. Whoever comes to its sign-in page is signed in as the chosen person, and
 * its responses can be tampered with.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import Provider, { type Configuration } from "oidc-provider";
import { cookieHeader, storeCookies } from "../functions/cookie-jar.ts";

export const oidcClient = { id: "incidents", secret: "the secret of the platform's client" };

interface OidcPerson {
  readonly sub: string;
  readonly [claim: string]: unknown;
}

export interface OidcServer {
  readonly issuer: string;
  /** Person who is signed in next. */
  person: OidcPerson;
  /** Replaces ID tokens, given their claims. */
  tamper: ((claims: JWTPayload) => Promise<string>) | undefined;
  /** Signs claims with the current key, or another one. */
  sign(claims: JWTPayload, header?: object, key?: SigningKey): Promise<string>;
  /** Replaces the signing key. Sessions at the provider end. */
  rotateKeys(): Promise<void>;
  /** Signs in at an address of `startSignIn`, like a browser. @returns the address that the provider leads back to */
  visit(url: string): Promise<string>;
  /** Number of logout tokens that the platform has accepted. */
  readonly logouts: number;
  /** Number of requests for the provider's keys. */
  readonly keyRequests: number;
  /** Registers the platform at another address. Sessions at the provider end. */
  register(platform: string): void;
  close(): Promise<void>;
}

interface SigningKey {
  readonly private: CryptoKey;
  readonly jwk: JWK;
}

export async function signingKey(kid: string): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  return { private: privateKey, jwk: { ...(await exportJWK(privateKey)), kid, alg: "ES256", use: "sig" } };
}

/** @param platform address of the platform, without a slash at its end */
export async function startOidcServer(platform: string): Promise<OidcServer> {
  let registered = platform;
  let logouts = 0;
  let keyRequests = 0;
  const server = createServer((request, response) => void respond(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let key = await signingKey("first");
  let provider = makeProvider();

  function makeProvider(): Provider {
    const made = new Provider(issuer, {
      clients: [
        {
          client_id: oidcClient.id,
          client_secret: oidcClient.secret,
          redirect_uris: [`${registered}/sign-in/callback`],
          post_logout_redirect_uris: [`${registered}/sign-in`],
          backchannel_logout_uri: `${registered}/sign-in/backchannel-logout`,
          backchannel_logout_session_required: true,
          id_token_signed_response_alg: "ES256",
        },
      ],
      jwks: { keys: [key.jwk] } as Configuration["jwks"] & object,
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
      conformIdTokenClaims: false,
      cookies: { keys: ["a key of the provider"] },
      enabledJWA: { idTokenSigningAlgValues: ["ES256"] },
      features: {
        backchannelLogout: { enabled: true },
        devInteractions: { enabled: false },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource(context, form) {
            const button = '<button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>';
            context.body = `<!doctype html><title>Provider</title><link rel="icon" href="data:,">${form}${button}`;
          },
        },
      },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      // The default one does not send requests to this machine.
      fetch: (url, { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown } = {}) =>
        fetch(url, options),
      findAccount: (_, accountId) => ({ accountId, claims: async () => oidc.person }),
      async loadExistingGrant({ oidc: { provider: own, client, session } }) {
        const grant = new own.Grant({ clientId: client?.clientId, accountId: session?.accountId });
        grant.addOIDCScope("openid email profile");
        await grant.save();
        return grant;
      },
    });
    made.on("backchannel.success", () => {
      logouts += 1;
    });
    return made;
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    if (path.startsWith("/interaction/")) {
      await provider.interactionFinished(request, response, { login: { accountId: oidc.person.sub } });
      return;
    }
    if (path.startsWith("/token")) replaceIdToken(response);
    if (path.startsWith("/jwks")) keyRequests += 1;
    await provider.callback()(request, response);
  }

  /** The provider sends the response in one piece. */
  function replaceIdToken(response: ServerResponse): void {
    const end = response.end.bind(response) as (body: string) => ServerResponse;
    response.end = ((body: unknown) => {
      void tampered(String(body)).then((text) => {
        response.setHeader("content-length", Buffer.byteLength(text));
        end(text);
      });
      return response;
    }) as ServerResponse["end"];
  }

  async function tampered(body: string): Promise<string> {
    const tokens = JSON.parse(body) as { readonly id_token?: string };
    if (!oidc.tamper || tokens.id_token === undefined) return body;
    const [, payload = ""] = tokens.id_token.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as JWTPayload;
    return JSON.stringify({ ...tokens, id_token: await oidc.tamper(claims) });
  }

  const oidc: OidcServer = {
    issuer,
    person: { sub: "ada" },
    tamper: undefined,
    get logouts() {
      return logouts;
    },
    get keyRequests() {
      return keyRequests;
    },
    register(next) {
      registered = next;
      provider = makeProvider();
    },
    sign: (claims, header = {}, signedWith = key) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "ES256", kid: signedWith.jwk.kid ?? "", ...header })
        .sign(signedWith.private),
    async rotateKeys() {
      key = await signingKey(`after ${key.jwk.kid}`);
      provider = makeProvider();
    },
    async visit(url) {
      const cookies = new Map<string, string>();
      for (let at = url; ; ) {
        const { headers, status } = await fetch(at, {
          redirect: "manual",
          headers: { cookie: cookieHeader(cookies) },
        });
        storeCookies(cookies, headers.getSetCookie());
        const location = headers.get("location");
        if (location === null) throw new Error(`${at} returned ${status}`);
        at = new URL(location, at).href;
        if (!at.startsWith(issuer)) return at;
      }
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return oidc;
}
