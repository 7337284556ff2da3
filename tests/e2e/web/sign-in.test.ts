/** Signing in and out at a real OpenID Connect provider, with the platform that npm start runs and real Chromium. */
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  describeIfChromium,
  expectAccessibleInBothSchemes,
  startBrowser,
  type TestBrowser,
} from "../../support/browser/browser.ts";
import { type OidcServer, oidcClient, startOidcServer } from "../../support/platform/oidc-server.ts";
import { startPlatform, type TestPlatform } from "../../support/platform/platform.ts";

describeIfChromium("a person", () => {
  let oidc: OidcServer;
  let platform: TestPlatform;
  let browser: TestBrowser;
  beforeAll(async () => {
    oidc = await startOidcServer("http://127.0.0.1:1");
    oidc.person = { sub: "ada", email: "ada@example.com", email_verified: true, name: "Ada Lovelace" };
    const client = { OIDC_CLIENT_ID: oidcClient.id, OIDC_CLIENT_SECRET: oidcClient.secret };
    platform = await startPlatform({ env: { OIDC_ISSUER: oidc.issuer, OIDC_NAME: "Example", ...client } });
    oidc.register(platform.url);
    browser = await startBrowser(platform.url);
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
    await oidc?.close();
  });

  test("signs in at the provider, and signs out here and there", async () => {
    const page = await browser.visit("/services");
    await expectAccessibleInBothSchemes(page);
    await page.getByRole("link", { name: "Sign in with Example" }).click();
    await page.waitForURL("**/services");
    const me = page.locator("#identity");
    await me.getByText("Ada Lovelace").click();
    const [cookie] = (await page.context().cookies()).filter(({ name }) => name === "session");
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    expect(await page.evaluate("document.cookie")).not.toContain("session=");
    await me.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Yes, sign me out" }).click();
    await page.waitForURL("**/sign-in");
    await expect.poll(() => oidc.logouts).toBe(1);
    await page.goto("/services");
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    expect(browser.consoleErrors()).toEqual([]);
  });
});
