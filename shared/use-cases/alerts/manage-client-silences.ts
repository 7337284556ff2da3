import type { ActorContext } from "../../domain/access/audit.ts";
import { labelPrefix, type Matcher } from "../../domain/alerts/matcher.ts";
import { type Silence, silenceState } from "../../domain/alerts/silence.ts";
import { NotFound } from "../../domain/errors.ts";
import type { Sha256 } from "../../domain/hash-chain.ts";
import { storedDedupKey } from "../../domain/integrations/draft.ts";
import type { Integration } from "../../domain/integrations/integration.ts";
import { formatInstant } from "../../domain/time.ts";
import type { ClientSilence, IntegrationSilences } from "../ports/integration-context.ts";
import type { Ulid } from "../ports/system.ts";
import { createSilence, type SilenceDraft } from "./create-silence.ts";
import { endSilence } from "./end-silence.ts";
import type { ChangeSilenceDeps } from "./silence-deps.ts";

interface ClientSilenceDeps extends ChangeSilenceDeps {
  readonly ulid: Ulid;
  readonly sha256: Sha256;
  /** Runs a change with an actor. */
  readonly withActor: <T>(
    actor: Pick<ActorContext, "actor" | "actorKind" | "method" | "path">,
    run: () => T,
  ) => T;
  /** Validates a silence as the API does. @throws Invalid */
  readonly draftOf: (input: unknown, now: number) => SilenceDraft;
}

/** Manages silences of an integration's clients. An additional matcher restricts each to the integration's alerts. */
export function manageClientSilences(
  { draftOf, withActor, sha256, ...deps }: ClientSilenceDeps,
  integration: Integration,
  now: number,
): IntegrationSilences {
  const value = `(?s)${storedDedupKey(integration, "", sha256)}.*`;
  const own: Matcher = { field: "dedup_key", op: "=~", value };
  const isOwn = ({ matchers }: Silence) =>
    matchers.some(({ field, op, value }) => field === own.field && op === own.op && value === own.value);
  const list = async () => (await deps.ruleStore.load(now)).silences.filter(isOwn);
  const actor = {
    actor: `integration ${integration.id}`,
    actorKind: "integration",
    method: "POST",
    path: "/api/v2/silences",
  } as const;
  return {
    list: async () => (await list()).map((silence) => toClient(silence, now)),
    async create({ matchers, startsAt, endsAt, createdBy, comment }) {
      const input = {
        matchers: [...matchers.map(({ name, ...rest }) => ({ field: labelPrefix + name, ...rest })), own],
        starts_at: formatInstant(startsAt),
        ends_at: formatInstant(endsAt),
        comment: comment || "(no comment)",
        created_by: createdBy,
      };
      const draft = draftOf(input, now);
      const { id } = await withActor(actor, () => createSilence(deps, draft, now));
      return id;
    },
    async end(id) {
      if (!(await list()).some((silence) => silence.id === id)) throw new NotFound("silence", id);
      await withActor({ ...actor, method: "DELETE" }, () => endSilence(deps, id, now));
    },
  };
}

function toClient(silence: Silence, now: number): ClientSilence {
  const { id, startsAt, endsAt, createdBy, comment, createdAt } = silence;
  const matchers = silence.matchers.flatMap(({ field, ...rest }) =>
    field.startsWith(labelPrefix) ? [{ name: field.slice(labelPrefix.length), ...rest }] : [],
  );
  const state = silenceState(silence, now);
  return { id, matchers, startsAt, endsAt, updatedAt: createdAt, createdBy, comment, state };
}
