import * as z from "zod";
import { emailIn } from "../../domain/email.ts";
import { DomainError, Unavailable } from "../../domain/errors.ts";
import type { HttpRequest, HttpResponse } from "../../outbound/http.ts";
import type { Log } from "../../use-cases/ports/system.ts";

interface SlackPeopleDeps {
  readonly post: (request: HttpRequest) => Promise<Pick<HttpResponse, "body">>;
  /** URL without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  readonly log: Log;
}

const answer = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  user: z
    .object({
      deleted: z.boolean().optional(),
      is_bot: z.boolean().optional(),
      real_name: z.string().optional(),
      profile: z.object({ email: z.string().optional() }),
    })
    .optional(),
});

export interface SlackPerson {
  /** Email that Slack has verified, in lower case. */
  readonly email?: string | undefined;
  /** Name of their choice, unless it is an email, which could be that of another person. */
  readonly name?: string | undefined;
}

/**
 * Returns a function that finds a member of the workspace, which needs the scopes users:read and users:read.email. Nothing is
 * known of someone who has left, of bots, and of those whom Slack does not know.
 *
 * @throws Unavailable if the request fails, which is logged
 */
export function slackPeople({ post, baseUrl, token, log }: SlackPeopleDeps) {
  return async (userId: string): Promise<SlackPerson> => {
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      authorization: `Bearer ${token}`,
    };
    const body = new URLSearchParams({ user: userId }).toString();
    const { ok, error, user } = await post({ url: `${baseUrl}/api/users.info`, headers, body })
      .then((reply) => answer.parse(JSON.parse(reply.body)))
      .catch((thrown: unknown) => ({
        ok: false,
        error: thrown instanceof DomainError ? thrown.message : "unexpected answer",
        user: undefined,
      }));
    if (!ok && !isUnknown(error)) {
      log.warn("Slack did not identify a user", { reason: error });
      throw new Unavailable("Slack");
    }
    if (!user || user.deleted || user.is_bot) return {};
    const { real_name: name = "" } = user;
    const isName = name !== "" && emailIn(name) === undefined;
    return { email: emailIn(user.profile.email ?? ""), name: isName ? name : undefined };
  };
}

function isUnknown(error: string | undefined): boolean {
  return error === "user_not_found" || error === "users_not_found" || error === "user_not_visible";
}
