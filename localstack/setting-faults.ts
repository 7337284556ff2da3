import * as config from "../shared/runtime/config.ts";

/** What functions would refuse to start with, a line each. Parameters of a store are not looked up. */
export function settingFaults(env: NodeJS.ProcessEnv): string[] {
  const given = Object.entries(env).filter(([, value]) => value !== "" && !value?.startsWith("ssm:"));
  const seen = { TABLE_NAME: "made by the stack", ...Object.fromEntries(given) };
  return Object.values(config).flatMap((part) => ("faultsIn" in part ? (part.faultsIn(seen) ?? []) : []));
}
