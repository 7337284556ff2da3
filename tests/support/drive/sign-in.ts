import { expect } from "vitest";
import { aBrowser } from "../functions/site.ts";
import { type OidcServer, oidcClient } from "../platform/oidc-server.ts";
import type { Driver } from "./driver.ts";

/** Signs a person in and out at an identity provider, and ends their sessions from there. */
export async function driveSignIn({ as, send, sendTo, wait }: Driver, oidc: OidcServer): Promise<void> {
  const browser = aBrowser();
  const cookie = () => ({ cookie: [...browser.cookies].map((each) => each.join("=")).join("; ") });
  const keep = (cookies: readonly string[]) => {
    for (const set of cookies) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      browser.cookies.set(name, value);
    }
  };
  // The second time, the account and the user exist; then the account has another email, and another identity.
  for (const fields of [
    {},
    {},
    { email: "ada.king@example.com" },
    { sub: "another" },
    { name: "Ada King" },
  ]) {
    oidc.person = { sub: "ada", email: "ada@example.com", email_verified: true, name: "Ada", ...fields };
    const started = await send("start-sign-in");
    keep(started.cookies);
    const { search } = new URL(await oidc.visit(started.headers.location ?? ""));
    const finished = await send("finish-sign-in", { query: search.slice(1), headers: cookie() });
    keep(finished.cookies);
    wait(60);
  }
  expect((await as("show-page", () => browser.get("/services"))).status).toBe(200);
  expect((await sendTo("get-me", { path: "/api/v1/me", headers: cookie() })).status).toBe(200);
  const { cookies, status } = await as("act", () => browser.send("/sign-out"));
  expect(status).toBe(303);
  keep(cookies);
  await send("sign-out-at-provider", { headers: cookie() });
  const iat = Math.floor(Date.now() / 1_000);
  const events = { "http://schemas.openid.net/event/backchannel-logout": {} };
  const message = { iss: oidc.issuer, aud: oidcClient.id, iat, events };
  for (const named of [
    { jti: "1", sub: "ada" },
    { jti: "2", sid: "unknown" },
  ]) {
    const body = new URLSearchParams({ logout_token: await oidc.sign({ ...message, ...named }) });
    await send("receive-logout", { body: body.toString() });
  }
}
