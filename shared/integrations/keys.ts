/** Where clients carry an integration's key. */
import type { Inbound } from "./integration-type.ts";

/** `Authorization: <scheme> KEY`, whatever the scheme's case. */
export function keyInHeader(scheme: string): (inbound: Inbound) => string | undefined {
  return ({ headers }) => {
    const [given, key] = (headers.get("authorization") ?? "").trim().split(/\s+/);
    return given?.toLowerCase() === scheme.toLowerCase() ? key : undefined;
  };
}

/** A field of a JSON body. @throws Unreadable */
export function keyInBody(field: string): (inbound: Inbound) => string | undefined {
  return ({ json }) => {
    const body = json();
    const value = typeof body === "object" && body !== null ? Reflect.get(body, field) : undefined;
    return typeof value === "string" ? value : undefined;
  };
}
