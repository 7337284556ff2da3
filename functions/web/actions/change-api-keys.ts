import * as z from "zod";
import { apiKeyInput } from "../../../shared/contracts/access/api-key.ts";
import { id } from "../../../shared/contracts/fields.ts";
import { pageHref } from "../../../shared/contracts/web/routes.ts";
import { keyScopes } from "../../../shared/domain/access/api-key.ts";
import { Conflict } from "../../../shared/domain/errors.ts";
import { action } from "../../../shared/http/site.ts";
import { apart } from "../../../shared/pages/answer-words.ts";
import { makeKeyDeps } from "../../../shared/runtime/deps.ts";
import { createApiKey, revokeApiKey, rotateApiKey } from "../../../shared/use-cases/access/api-keys.ts";

const dayMs = 86_400_000;
const scopes = z.array(z.enum(keyScopes)).min(1, "must have at least one").max(keyScopes.length);
/** Without one it holds until it is revoked. */
const days = z.coerce.number().int().min(1).max(3_650).optional();

const form = z.discriminatedUnion("change", [
  z.object({ change: z.literal("create"), name: apiKeyInput.shape.name, scopes, days }),
  z.object({ change: z.literal("rotate"), id }),
  z.object({ change: z.literal("revoke"), id }),
]);

export const changeApiKeysAction = action(
  "change-api-keys",
  { scope: "admin", form, faultsInPlace: true },
  async ({ form, now, ulid }) => {
    const to = pageHref("api-keys");
    const done = (text: string) => ({ to, flash: { kind: "done", text } as const });
    switch (form.change) {
      case "create": {
        const validUntil = form.days === undefined ? null : now + form.days * dayMs;
        const scopes = keyScopes.filter((scope) => form.scopes.includes(scope));
        const draft = { name: form.name, scopes, validUntil };
        const { secret } = await createApiKey({ ...makeKeyDeps(), ulid }, draft, now);
        return { ...done(`Made the key ${apart(form.name)}.`), told: secret };
      }
      case "rotate":
        try {
          const { apiKey, secret } = await rotateApiKey(makeKeyDeps(), form.id, now);
          return {
            ...done(`Rotated ${apart(apiKey.name)}: the old key opens nothing any more.`),
            told: secret,
          };
        } catch (error) {
          // Revoked or expired since the page was shown.
          if (!(error instanceof Conflict)) throw error;
          return { to, flash: { kind: "trouble", text: `Not rotated: ${error.message}.` } };
        }
      case "revoke": {
        const { apiKey } = await revokeApiKey(makeKeyDeps(), form.id, now);
        return done(`Revoked ${apart(apiKey.name)}: it opens nothing after ten seconds.`);
      }
    }
  },
);
