import { isConfigured } from "../../shared/channels/missing-settings.ts";
import { channelNames, channels } from "../../shared/channels/registry.ts";

/**
 * Returns the channels whose required settings are all set, separated by commas. Every function may know them, so that
 * the UI can tell which settings are missing.
 */
export function configuredChannels(env: Readonly<Record<string, unknown>>): string {
  return channelNames.filter((name) => isConfigured(channels[name], env)).join();
}
