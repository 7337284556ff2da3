import type { ChannelDescription, ChannelSetup } from "./channel-type.ts";

type Environment = Readonly<Record<string, unknown>>;

/** Returns a line per setting without which a setup that is enabled would fail. */
export function missingSettings({ setups = [] }: ChannelDescription, env: Environment): string[] {
  return setups.flatMap((setup) => missingWith(setup, env));
}

/** Returns true if one of the channel's setups has all of its settings. */
export function isConfigured({ setups = [] }: ChannelDescription, env: Environment): boolean {
  return setups.some((setup) => Boolean(env[setup.setting]) && missingWith(setup, env).length === 0);
}

/** Returns a line per setting that another one requires: `VONAGE_SIGNATURE_SECRET: is required with VONAGE_APPLICATION_ID`. */
export function missingWith({ setting, required = [] }: ChannelSetup, env: Environment): string[] {
  if (!env[setting]) return [];
  return required.filter((name) => !env[name]).map((name) => `${name}: is required with ${setting}`);
}
