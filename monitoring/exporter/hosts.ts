import { isIP } from "node:net";

/**
 * Returns true for a Host header that the exporter answers to. Names with a dot may be rebound to this machine by
 * whoever owns them; IPs and the names of a private network (`localhost`, `metrics-exporter`) may not.
 *
 * @param allowed further names, in lower case and without ports
 */
export function isAllowedHost(header: string | undefined, allowed: readonly string[]): boolean {
  // HTTP/1.0 knows none; browsers always send one.
  if (header === undefined) return true;
  if (/[/?#@\\\s]/.test(header) || !URL.canParse(`http://${header}`)) return false;
  const { hostname } = new URL(`http://${header}`);
  const isIp = isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
  return isIp || !hostname.includes(".") || allowed.includes(hostname);
}
