import { limits } from "../../domain/limits.ts";

/** Returns the caller's request ID (X-Request-ID), if it is safe in logs and headers. */
export function requestIdOf(id: string | null | undefined): string | undefined {
  return id && id.length <= limits.requestIdLength && /^[\x21-\x7e]+$/.test(id) ? id : undefined;
}
