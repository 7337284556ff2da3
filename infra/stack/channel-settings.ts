/**
 * Settings of channels in the environment of the one function that delivers messages. No other function gets to know
 * the credentials of a mail server or a provider, but that of Slack's requests its bot's.
 */
import * as z from "zod";
import { channelClients } from "../../shared/channels/clients.ts";

const shapes = Object.values(channelClients).map(({ settings }) => settings());

/** Channels of one provider share settings. */
export const channelSettingNames = [...new Set(shapes.flatMap(({ shape }) => Object.keys(shape)))];

/** Values for serverless.yml: `${env:NTFY_URL, ''}`. */
export const channelSettings = Object.fromEntries(
  shapes.flatMap((schema) =>
    Object.entries(z.toJSONSchema(schema, { io: "input" }).properties ?? {}).map(([name, property]) => [
      name,
      `\${env:${name}, '${typeof property === "object" ? (property.default ?? "") : ""}'}`,
    ]),
  ),
);

/** Variables that a function has besides those of environment.yml. */
export const ownEnvironment: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  deliverNotification: channelSettings,
  // Asks Slack who someone is.
  receiveSlackAction: Object.fromEntries(
    ["SLACK_BOT_TOKEN", "SLACK_BASE_URL"].map((name) => [name, channelSettings[name] ?? ""]),
  ),
  // Only this function authenticates itself at the identity provider.
  finishSignIn: { OIDC_CLIENT_SECRET: `\${env:OIDC_CLIENT_SECRET, ''}` },
};
