import type { ChannelClient } from "./channel-type.ts";
import { client as console } from "./console.client.ts";
import { client as discord } from "./discord.client.ts";
import { client as email } from "./email.client.ts";
import { client as googlechat } from "./googlechat.client.ts";
import { client as mattermost } from "./mattermost.client.ts";
import { client as ntfy } from "./ntfy.client.ts";
import { client as push } from "./push.client.ts";
import type { ChannelName } from "./registry.ts";
import { client as slack } from "./slack.client.ts";
import { client as sms } from "./sms.client.ts";
import { client as teams } from "./teams.client.ts";
import { client as telegram } from "./telegram.client.ts";
import { client as voice } from "./voice.client.ts";
import { client as webhook } from "./webhook.client.ts";

/**
 * Clients of all channels, which deliver messages. Imported statically: esbuild keeps everything that a dynamically
 * imported module can reach, such as all of zod.
 */
export const channelClients: Readonly<Record<ChannelName, ChannelClient>> = {
  console,
  email,
  slack,
  sms,
  voice,
  push,
  webhook,
  ntfy,
  discord,
  teams,
  telegram,
  mattermost,
  googlechat,
};
