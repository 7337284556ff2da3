import { AccessDenied } from "../domain/access/access-denied.ts";
import type { Denial } from "../domain/access/decide.ts";
import { AlreadyCreated, DomainError, TooManyRequests, Unavailable } from "../domain/errors.ts";
import { isTransientFault } from "../domain/transient-fault.ts";
import { MethodNotAllowed, TimedOut, Unauthenticated, UnknownEncoding } from "./errors.ts";

/** RFC 9457 problem details, with the faults of a request and its ID in the logs. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** ID of the resource that the request created before. */
  readonly id?: string;
  /** Missing permission of the caller. */
  readonly missing?: MissingPermission;
  readonly errors?: readonly { path: string; message: string }[];
  readonly request_id: string;
}

/** A role in a team (null: in all teams), a scope of a key, or a team that a key is not limited to. */
export type MissingPermission =
  | { readonly role: string | null; readonly team: string | null }
  | { readonly scope: string }
  | { readonly team: string | null };

/** Status and title of each error code. */
const kinds: Readonly<Record<string, { status: number; title: string }>> = {
  unreadable: { status: 400, title: "Unreadable request" },
  unauthenticated: { status: 401, title: "Key required" },
  sign_in_failed: { status: 400, title: "Sign-in failed" },
  sign_in_refused: { status: 403, title: "Sign-in refused" },
  forbidden: { status: 403, title: "Forbidden" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  conflict: { status: 409, title: "Conflict" },
  stale_version: { status: 409, title: "Concurrent change" },
  already_created: { status: 409, title: "Already created" },
  already_exists: { status: 409, title: "Already exists" },
  idempotency_key_reused: { status: 409, title: "Idempotency-Key reused" },
  foreign_form: { status: 403, title: "Form rejected" },
  link_expired: { status: 410, title: "Link expired" },
  too_large: { status: 413, title: "Too large" },
  unknown_encoding: { status: 415, title: "Unsupported content encoding" },
  invalid: { status: 422, title: "Invalid request" },
  too_many_requests: { status: 429, title: "Too many requests" },
  headers_too_large: { status: 431, title: "Request headers too large" },
  not_set_up: { status: 503, title: "Not configured" },
  unavailable: { status: 503, title: "Unavailable" },
};

/** Headers for temporary unavailability. */
export const retryLater: Readonly<Record<string, string>> = { "retry-after": "5" };

/** Renders a problem for the client. */
export type PresentProblem = (problem: Problem, request?: Request) => Response | Promise<Response>;

/** Converts an error to a response. Details of errors other than domain errors are hidden. */
export async function problemResponse(
  error: unknown,
  requestId: string,
  present: PresentProblem = problemJson,
  request?: Request,
): Promise<Response> {
  const response = await present(problemOf(error, requestId), request);
  for (const [name, value] of Object.entries(headersOf(error))) response.headers.set(name, value);
  return response;
}

export function problemJson(problem: Problem): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { "content-type": "application/problem+json" },
  });
}

/** Converts an error to a problem. */
export function problemOf(thrown: unknown, requestId: string): Problem {
  const error = isTransientFault(thrown) ? new Unavailable("A dependency") : thrown;
  const known = error instanceof DomainError ? kinds[error.code] : undefined;
  return known && error instanceof DomainError
    ? {
        type: `urn:incident-platform:problem:${error.code}`,
        ...known,
        code: error.code,
        detail: error.message,
        ...(error instanceof AlreadyCreated && { id: error.id }),
        ...(error instanceof AccessDenied && { missing: missingOf(error.attempt.denial) }),
        ...(error.faults.length > 0 && { errors: error.faults }),
        request_id: requestId,
      }
    : {
        type: "urn:incident-platform:problem:internal",
        title: "Internal error",
        status: 500,
        code: "internal",
        detail: `Internal error. Include the request ID ${requestId} when you report it`,
        request_id: requestId,
      };
}

/** Describes a missing permission in the API's field names. */
export function missingOf(denial: Denial): MissingPermission {
  if (denial.missing === "scope") return { scope: denial.scope };
  return denial.missing === "team" ? { team: denial.team } : { role: denial.role, team: denial.team };
}

function isUnavailable(error: unknown): boolean {
  return error instanceof Unavailable || error instanceof TimedOut || isTransientFault(error);
}

export function headersOf(error: unknown): Record<string, string> {
  if (isUnavailable(error)) return { ...retryLater };
  if (error instanceof TooManyRequests) return { "retry-after": String(error.retryAfterSeconds) };
  if (error instanceof MethodNotAllowed) return { allow: error.allowed.join(", ") };
  if (error instanceof UnknownEncoding) return { "accept-encoding": "gzip, deflate" };
  if (error instanceof Unauthenticated) return { "www-authenticate": "Bearer" };
  return {};
}
