/** Permission checks for the thing that a request changes. */
import { AccessDenied } from "../domain/access/access-denied.ts";
import { type Caller, decide } from "../domain/access/decide.ts";
import type { Person } from "../domain/person.ts";
import { currentAuthorization, currentCaller } from "../telemetry/current-caller.ts";
import type { Authorize } from "../use-cases/ports/access.ts";
import { type RequiredRight, requireRight } from "./access.ts";

/**
 * Requires the right for the thing that a request names, unless the use case asks.
 *
 * @param params parsed parameters of the path: `team`, or `email` of the owner of a profile
 * @throws AccessDenied
 */
export function requireNamed(
  caller: Caller,
  { right, team: source }: RequiredRight,
  params: unknown,
  form: unknown = {},
): void {
  if (right === null || source === "resource") return;
  const { email } = { ...Object(form), ...Object(params) };
  const { team = null } = source === undefined ? {} : Object(source === "path" ? params : form);
  requireRight(caller, right, { team, ...(right === "profile" && { owners: [email] }) });
}

/** Returns the person who is signed in and makes the current request; undefined for other work. */
export function signedIn(): Person | undefined {
  const principal = currentCaller()?.principal;
  return principal?.kind === "person" ? principal : undefined;
}

/**
 * Requires the right of the current request for a thing. Work without a caller is permitted: messages of queues,
 * schedules, links in messages, and answers in channels while no roles are assigned.
 */
export const authorize: Authorize = async (subject, unless) => {
  const authorization = currentAuthorization();
  if (!authorization) return;
  const { caller, right } = authorization;
  if (!decide(caller, right, { team: null })) return;
  try {
    requireRight(caller, right, typeof subject === "function" ? await subject() : subject);
  } catch (error) {
    if (!(error instanceof AccessDenied && (await unless?.(caller.principal)))) throw error;
  }
};
