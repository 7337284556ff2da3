import { channelClients } from "../../shared/channels/clients.ts";
import * as config from "../../shared/runtime/config.ts";
import { missingFaults } from "./missing-settings.ts";

const clients = Object.values(channelClients);

/**
 * Returns a line for each setting that functions would reject, and for each that another one requires. Parameters of a
 * store are not looked up.
 */
export function settingFaults(env: NodeJS.ProcessEnv): string[] {
  const given = Object.entries(env).filter(([, value]) => value !== "" && !value?.startsWith("ssm:"));
  const seen = { TABLE_NAME: "made by the stack", ...Object.fromEntries(given) };
  const parts = [...Object.values(config), ...clients.map(({ settings }) => config.section(settings))];
  const faults = parts.flatMap((part) => ("faultsIn" in part ? part.faultsIn(seen) : []));
  return [...new Set([...faults, ...missingFaults(env)])];
}
