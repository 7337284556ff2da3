import type { ChannelClient } from "./channel-type.ts";
import type { ChannelName } from "./registry.ts";

/** Loads the client of a channel. Bundlers include every `*.client.ts` for this path. */
export async function clientOf(channel: ChannelName): Promise<ChannelClient> {
  const { client } = (await import(`./${channel}.client.ts`)) as { client: ChannelClient };
  return client;
}
