import type { ChannelDescription, ChannelSetup } from "./channel-type.ts";

type Environment = Readonly<Record<string, unknown>>;

/** Returns a line per setting without which a setup that is enabled would fail. */
export function missingSettings({ setups = [] }: ChannelDescription, env: Environment): string[] {
  return setups.flatMap((setup) => missingOf(setup, env));
}

/** Returns true if one of the channel's setups has all of its settings. */
export function isConfigured({ setups = [] }: ChannelDescription, env: Environment): boolean {
  return setups.some((setup) => Boolean(env[setup.setting]) && missingOf(setup, env).length === 0);
}

function missingOf({ setting, required = [] }: ChannelSetup, env: Environment): string[] {
  if (!env[setting]) return [];
  return required.filter((name) => !env[name]).map((name) => `${name}: is required with ${setting}`);
}
