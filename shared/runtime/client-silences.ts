import { silenceDraftOf, silenceInput } from "../contracts/alerts/silence-input.ts";
import { sha256 } from "../crypto/sha256.ts";
import { labelPrefix, type Matcher } from "../domain/alerts/matcher.ts";
import { type Silence, silenceState } from "../domain/alerts/silence.ts";
import { Invalid, NotFound } from "../domain/errors.ts";
import { storedDedupKey } from "../domain/integrations/draft.ts";
import type { Integration } from "../domain/integrations/integration.ts";
import { limits } from "../domain/limits.ts";
import { formatInstant } from "../domain/time.ts";
import { actingAs } from "../telemetry/context.ts";
import { createSilence, endSilence } from "../use-cases/alerts/silences.ts";
import type { ClientSilence, IntegrationSilences } from "../use-cases/ports/integration-context.ts";
import { faultsOf } from "../validation/faults.ts";
import { ruleDeps } from "./deps.ts";
import { ulid } from "./system.ts";

/**
 * Silences created by an integration's clients. Each gets an additional matcher for alerts of this
 * integration.
 */
export function clientSilences(integration: Integration, now: number): IntegrationSilences {
  const deps = ruleDeps();
  const value = `(?s)${storedDedupKey(integration, "", sha256)}.*`;
  const own: Matcher = { field: "dedup_key", op: "=~", value };
  const isOwn = ({ matchers }: Silence) =>
    matchers.some(({ field, op, value }) => field === own.field && op === own.op && value === own.value);
  const list = async () => (await deps.ruleStore.load(now)).silences.filter(isOwn);
  const acting = { actor: `integration ${integration.id}`, method: "POST", path: "/api/v2/silences" };
  return {
    list: async () => (await list()).map((silence) => toClient(silence, now)),
    async create({ matchers, startsAt, endsAt, createdBy, comment }) {
      const input = silenceInput.safeParse({
        matchers: [...matchers.map(({ name, ...rest }) => ({ field: labelPrefix + name, ...rest })), own],
        starts_at: formatInstant(startsAt),
        ends_at: formatInstant(endsAt),
        comment: comment || "(no comment)",
        created_by: createdBy,
      });
      if (!input.success) throw new Invalid(faultsOf(input.error.issues, limits.faultsPerReply));
      const draft = silenceDraftOf(input.data, null, now);
      const { id } = await actingAs(acting, () => createSilence({ ...deps, ulid }, draft, now));
      return id;
    },
    async end(id) {
      if (!(await list()).some((silence) => silence.id === id)) throw new NotFound("silence", id);
      await actingAs({ ...acting, method: "DELETE" }, () => endSilence(deps, id, now));
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
