import { isIP } from "node:net";

/**
 * Returns true for a Host header that the exporter accepts. A name with a dot can be rebound to this machine
 * by its owner. IP addresses and names of a private network (`localhost`, `metrics-exporter`) cannot.
 *
 * @param allowed additional names, lower case and without ports
 */
export function isAllowedHost(header: string | undefined, allowed: readonly string[]): boolean {
  // HTTP/1.0 requests may lack it; browsers always send it.
  if (header === undefined) return true;
  if (/[/?#@\\\s]/.test(header) || !URL.canParse(`http://${header}`)) return false;
  const { hostname } = new URL(`http://${header}`);
  const isIp = isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
  return isIp || !hostname.includes(".") || allowed.includes(hostname);
}
