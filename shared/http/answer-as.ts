/** Answers of people in channels: buttons, commands, text messages, emails and calls. */
import { AccessDenied } from "../domain/access/access-denied.ts";
import { allGroupsOf } from "../domain/access/account.ts";
import { actorOf } from "../domain/access/actor-of.ts";
import { AnswerDenied, type Answerer, answerActions } from "../domain/access/answer.ts";
import { type Actor, denialOf } from "../domain/access/audit.ts";
import { type Caller, callerOf, type Denial } from "../domain/access/decide.ts";
import { hasAssignments, type RoleDirectory } from "../domain/access/roles.ts";
import { currentContext, withActor } from "../telemetry/context.ts";
import { withAuthorization } from "../telemetry/current-caller.ts";
import type { AccountStore, AnswerAs } from "../use-cases/ports/access.ts";
import type { RecordAccessEvent } from "../use-cases/ports/audit.ts";
import type { Clock, Log } from "../use-cases/ports/system.ts";
import { missingOf } from "./problem.ts";
import { recordUnlessFailing } from "./record-denial.ts";

export interface AnswerAsDeps {
  readonly loadRoles: (now: number) => Promise<RoleDirectory>;
  readonly accounts: Pick<AccountStore, "findByAnyEmail">;
  readonly recordAccess: RecordAccessEvent;
  readonly clock: Clock;
  readonly log: Log;
}

/** Runs answers with the roles of the people who give them. Denied ones are recorded in the audit log. */
export function answerAs(deps: AnswerAsDeps): AnswerAs {
  return async (answerer, action, run) => {
    const directory = await deps.loadRoles(deps.clock());
    const isLimited = hasAssignments(directory);
    const caller = isLimited && !answerer.isUnknown ? await callerIn(deps, answerer, directory) : null;
    const by = caller ? actorOf(caller.principal) : actorIn(answerer);
    const { right } = answerActions[action];
    const { method = null, path = null } = currentContext()?.actor ?? {};
    const deny = async (denial: Denial | null): Promise<never> => {
      if (answerer.isAudited !== false) {
        const missing = denial ? missingOf(denial) : { user: answerer.actor };
        const event = denialOf(by, `${method} ${path}`, { channel: answerer.via, missing });
        await recordUnlessFailing(deps.recordAccess, deps.log, event);
      }
      throw new AnswerDenied(denial, answerer, action);
    };
    return withActor({ ...by, right, method, path }, async () => {
      if (isLimited && !caller) return deny(null);
      try {
        return await withAuthorization(caller, right, run);
      } catch (error) {
        if (!(error instanceof AccessDenied)) throw error;
        return deny(error.attempt.denial);
      }
    });
  };
}

/**
 * Returns the caller of an answer. A person whose account is deactivated has no role. Someone who is still paged at a former
 * email answers under it, with the roles of their account.
 */
async function callerIn(
  { accounts }: AnswerAsDeps,
  { actor: email }: Answerer,
  directory: RoleDirectory,
): Promise<Caller> {
  const account = await accounts.findByAnyEmail(email);
  const principal = {
    kind: "person",
    email,
    name: account?.name ?? email,
    subject: account?.identity?.subject ?? null,
    groups: account ? allGroupsOf(account) : [],
  } as const;
  if (account?.active === false) return { principal, roles: [] };
  const { roles } = callerOf({ ...principal, email: account?.email ?? email }, directory);
  return { principal, roles };
}

function actorIn({ actor, isUnknown }: Answerer): Actor {
  return { actor, actorKind: isUnknown ? "chat" : "person", subject: null };
}
