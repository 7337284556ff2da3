import type { ChannelDescription } from "../../shared/channels/channel-type.ts";
import { type ChannelName, channelNames, channels } from "../../shared/channels/registry.ts";

/**
 * Returns the channels whose required settings are all set, separated by commas. Every function may know them, so that
 * the UI can tell which settings are missing.
 */
export function configuredChannels(env: Readonly<Record<string, unknown>>): string {
  const isSet = (name: string | undefined) => name !== undefined && Boolean(env[name]);
  const isConfigured = (name: ChannelName) => {
    const { setting, otherSetting, requiredSettings = [] }: ChannelDescription = channels[name];
    return (isSet(setting) || isSet(otherSetting)) && requiredSettings.every(isSet);
  };
  return channelNames.filter(isConfigured).join();
}
