/** Drives every function, over the clients and with the environment of a test. */

import { vi } from "vitest";
import { monday } from "../builders.ts";
import { siteEnvironment } from "../functions/site.ts";
import { type OidcServer, oidcClient, startOidcServer } from "../platform/oidc-server.ts";
import { startProvider } from "../platform/provider-server.ts";
import { driveAccess } from "./access.ts";
import { driveHeartbeats, driveRules } from "./alerting.ts";
import { type Driver, urlOf } from "./driver.ts";
import { driveFailures } from "./failures.ts";
import { driveIncident, driveLateAlerts, driveLostEvent, driveStorm } from "./incidents.ts";
import { driveIntegrations } from "./integrations.ts";
import {
  driveDeadLetter,
  driveEmailReply,
  driveLatePage,
  driveMattermost,
  drivePushReceipt,
  driveSesEmail,
  driveSlack,
  driveTexting,
  driveWebhook,
  driveWebhookEnd,
  publicUrl,
  slackSecret,
  telegramSecret,
  twilioToken,
} from "./notifications.ts";
import { driveDeletions, driveDrill, driveHandoffs, driveOnCall } from "./people-and-on-call.ts";
import { driveSignIn } from "./sign-in.ts";
import { driveVonageCall, vonageSecret } from "./vonage.ts";
import { driveDocuments, driveLinks, driveSite } from "./web.ts";

/** Queues by environment variable. */
const queues = {
  ALERTS: "Alerts",
  INCIDENT_EVENTS: "IncidentEvents",
  INCIDENT_TIMERS: "IncidentTimers",
  NOTIFICATIONS: "Notifications",
  TELEMETRY: "Telemetry",
} as const;

/** The provider at which people sign in. Its address is part of the environment. */
let oidc: OidcServer | undefined;

/** Sets the environment of the functions, and the clock. @returns a function that restores the environment */
export async function setDrivenEnvironment(): Promise<() => Promise<void>> {
  const environment = { ...process.env };
  vi.spyOn(console, "warn").mockReturnValue();
  const provider = await startOidcServer(publicUrl);
  oidc = provider;
  const slack = await startProvider();
  slack.behave({ status: 200, body: '{"ok":true,"user":{"id":"U1"},"channel":"C1","ts":"1.5"}' });
  vi.useFakeTimers({ toFake: ["Date"], now: monday });
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  for (const [variable, queue] of Object.entries(queues)) {
    process.env[`${variable}_QUEUE_URL`] = urlOf(queue);
    process.env[`${variable}_DEAD_LETTER_QUEUE_URL`] = urlOf(`${queue}-dlq`);
  }
  Object.assign(process.env, await siteEnvironment(), {
    TABLE_NAME: "table",
    STAGE: "local",
    AUTH: "required",
    SLACK_SIGNING_SECRET: slackSecret,
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_BASE_URL: slack.url,
    TELEGRAM_WEBHOOK_SECRET: telegramSecret,
    TELEGRAM_BOT_NAME: "incidents_bot",
    TWILIO_AUTH_TOKEN: twilioToken,
    VONAGE_SIGNATURE_SECRET: vonageSecret,
    PUBLIC_URL: publicUrl,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: oidcClient.id,
    OIDC_CLIENT_SECRET: oidcClient.secret,
  });
  return async () => {
    await Promise.all([provider.close(), slack.close()]);
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
  };
}

/** Runs every function, in an order in which its prerequisites exist. */
export async function driveAll(driver: Driver): Promise<void> {
  await driveOnCall(driver);
  await driveRules(driver);
  await driveHeartbeats(driver);
  const webhook = await driveWebhook(driver);
  const known = await driveIncident(driver);
  await driveWebhookEnd(driver, webhook);
  await driveStorm(driver);
  await driveLateAlerts(driver);
  await driveLatePage(driver);
  await driveDeadLetter(driver);
  await driveLostEvent(driver);
  await driveFailures(driver);
  await driveSlack(driver);
  await driveMattermost(driver);
  await drivePushReceipt(driver);
  await driveTexting(driver);
  await driveVonageCall(driver);
  await driveEmailReply(driver);
  await driveSesEmail(driver);
  await driveIntegrations(driver);
  await driveAccess(driver);
  await driveLinks(driver, known);
  await driveDocuments(driver);
  await driveSite(driver, known);
  if (oidc) await driveSignIn(driver, oidc);
  await driveDeletions(driver);
  await driveHandoffs(driver);
  await driveDrill(driver);
  driver.wait(86_400);
  await driver.sweep();
  await driver.pump();
}
