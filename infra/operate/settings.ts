/** Reads settings that several commands share, and names the one that is invalid. */
import { Problem } from "../problem.ts";

/** Returns a port of this machine. @throws Problem if the setting is no port */
export function readPort(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const value = Number(env[name] || fallback);
  // The emulators use the next port too.
  if (Number.isInteger(value) && value >= 1 && value <= 65_534) return value;
  throw new Problem(`${name} must be a port number, not "${env[name]}".`);
}

/** Returns an address without a trailing slash. @throws Problem if it is no HTTP URL */
export function readUrl(name: string, value: string): string {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value.replace(/\/+$/, "");
  throw new Problem(`${name} must be a URL such as http://localhost:8080, not "${value}".`);
}

/** Returns why a stage can't have this name, or undefined. */
export function stageNameFault(stage: string): string | undefined {
  if (/^[a-z][a-z0-9-]{0,19}$/.test(stage)) return undefined;
  return `Stage "${stage}" is invalid. Use lowercase letters, digits and dashes.`;
}
