/** Locations of an integration's key in requests. */
import type { Inbound } from "../integration-type.ts";

/** Reads `Authorization: <scheme> KEY`, case-insensitively. */
export function keyInHeader(scheme: string): (inbound: Inbound) => string | undefined {
  return ({ headers }) => {
    const [given, key] = (headers.get("authorization") ?? "").trim().split(/\s+/);
    return given?.toLowerCase() === scheme.toLowerCase() ? key : undefined;
  };
}

/** Reads a field of a JSON body. @throws Unreadable */
export function keyInBody(field: string): (inbound: Inbound) => string | undefined {
  return ({ json }) => {
    const body = json();
    const value = typeof body === "object" && body !== null ? Reflect.get(body, field) : undefined;
    return typeof value === "string" ? value : undefined;
  };
}
