/** Silences of the Alertmanager API, so that amtool and Alertmanager UIs can create, list and expire them. */

import * as z from "zod";
import { Invalid, NotFound } from "../../domain/errors.ts";
import { cut } from "../../domain/integrations/draft.ts";
import { limits } from "../../domain/limits.ts";
import { formatInstant } from "../../domain/time.ts";
import type {
  ClientSilence,
  IntegrationContext,
  IntegrationSilences,
  LabelMatcher,
} from "../../use-cases/ports/integration-context.ts";
import { instant } from "../common/prometheus-alert.ts";
import { read } from "../common/read.ts";
import type { Inbound, Route } from "../integration-type.ts";
import { matchesLabels, parseMatcher } from "./label-matcher.ts";

const matcher = z
  .object({
    name: z.string().min(1),
    value: z.string(),
    isRegex: z.boolean(),
    isEqual: z.boolean().nullish(),
  })
  .transform(
    ({ name, value, isRegex, isEqual }): LabelMatcher => ({
      name,
      op: isRegex ? (isEqual === false ? "!~" : "=~") : isEqual === false ? "!=" : "=",
      value,
    }),
  );

const posted = z.object({
  /** ID of the silence to replace. */
  id: z.string().nullish(),
  matchers: z.array(matcher).min(1),
  startsAt: instant,
  endsAt: instant.pipe(z.number("must be a time such as 2026-11-23T10:00:00Z")),
  createdBy: z.string().nullish(),
  comment: z.string().nullish(),
});

/** @param key reads the key of a request at the root */
export function silenceRoutes(key: NonNullable<Route["key"]>): Route[] {
  const route = (method: Route["method"], path: string, handle: Route["handle"]): Route => ({
    method,
    path: `/api/v2${path}`,
    key,
    handle,
  });
  return [
    route("GET", "/silences", async ({ query }, context) => {
      const filters = query.getAll("filter").map((text) => parseMatcher(text, context.patterns));
      const silences = await silencesOf(context).list();
      const wanted = silences.filter(({ matchers }) => {
        const labels = Object.fromEntries(matchers.map(({ name, value }) => [name, value]));
        return filters.every((filter) => matchesLabels(filter, labels, context.patterns));
      });
      return { status: 200, body: wanted.map(shown) };
    }),
    route("POST", "/silences", async ({ json }, context) => {
      const { id, startsAt = context.now, createdBy, comment, ...rest } = read(posted, json());
      assertNotEverything(rest.matchers, context);
      const silences = silencesOf(context);
      const replaced = id ? await find(id, context) : undefined;
      const silenceID = await silences.create({
        ...rest,
        startsAt: Math.max(startsAt, context.now),
        createdBy: cut(createdBy ?? "", limits.personNameLength) || null,
        comment: cut(comment ?? "", limits.commentLength),
      });
      // Ends the old silence only after the new one is active, so that nothing pages in between.
      if (replaced) await silences.end(replaced.id);
      return { status: 200, body: { silenceID } };
    }),
    route("GET", "/silence/{id}", async (inbound, context) => ({
      status: 200,
      body: shown(await required(inbound, context)),
    })),
    route("DELETE", "/silence/{id}", async (inbound, context) => {
      const { id } = await required(inbound, context);
      await silencesOf(context).end(id);
      return { status: 200, body: null };
    }),
  ];
}

/** @throws Invalid if an alert without labels matches, as in Alertmanager */
function assertNotEverything(matchers: readonly LabelMatcher[], context: IntegrationContext): void {
  const message = "at least one matcher must not match the empty string";
  if (context.matchEverything(matchers)) throw new Invalid([{ path: "matchers", message }], message);
}

/** @throws NotFound */
function required({ params: { id = "" } }: Inbound, context: IntegrationContext): Promise<ClientSilence> {
  return find(id, context);
}

/** @throws NotFound */
async function find(id: string, context: IntegrationContext): Promise<ClientSilence> {
  const silence = (await silencesOf(context).list()).find((each) => each.id === id);
  if (!silence) throw new NotFound("silence", id);
  return silence;
}

function silencesOf({ silences }: IntegrationContext): IntegrationSilences {
  if (!silences) throw new NotFound("support for", "silences");
  return silences;
}

/** Clients require all of these fields. */
function shown({ id, matchers, startsAt, endsAt, createdBy, comment, state, updatedAt }: ClientSilence) {
  return {
    id,
    status: { state },
    matchers: matchers.map(({ name, op, value }) => ({
      name,
      value,
      isRegex: op.endsWith("~"),
      isEqual: op.startsWith("="),
    })),
    startsAt: formatInstant(startsAt),
    endsAt: formatInstant(endsAt),
    updatedAt: formatInstant(updatedAt),
    createdBy: createdBy ?? "",
    comment,
  };
}
