import { limits } from "../domain/limits.ts";

/** The caller's own request id (X-Request-ID), if it is fit for logs and headers. */
export function requestIdOf(id: string | null | undefined): string | undefined {
  return id && id.length <= limits.requestIdLength && /^[\x21-\x7e]+$/.test(id) ? id : undefined;
}
