import * as z from "zod";
import { type ApiKey, type ApiKeyDraft, keyScopes } from "../../domain/access/api-key.ts";
import { limits } from "../../domain/limits.ts";
import { formatInstant } from "../../domain/time.ts";
import { id, instant, instantInput, instantOrNull, teamName, text } from "../fields.ts";

export const apiKeyParams = z.object({ id });

export const apiKeyInput = z.strictObject({
  name: text(1, limits.apiKeyNameLength).meta({ description: "Shown as the actor in the audit log." }),
  scopes: z
    .array(z.enum(keyScopes))
    .min(1)
    .max(2 * keyScopes.length)
    .transform((wanted) => keyScopes.filter((scope) => wanted.includes(scope)))
    .meta({ description: "write includes read; admin includes everything." }),
  teams: z
    .array(teamName)
    .min(1)
    .max(limits.teamsPerKey)
    .transform((teams) => [...new Set(teams)])
    .nullable()
    .default(null)
    .meta({ description: "Teams that the key can change. It reads all teams. Null: all teams." }),
  break_glass: z.boolean().default(false).meta({
    description: "True for an emergency key: scope admin, no expiry. Its use notifies all administrators.",
  }),
  expires_at: instantInput
    .nullable()
    .default(null)
    .meta({ description: "Expiry time; null if the key does not expire." }),
});

/** Returns the draft of a key from a request. */
export function apiKeyDraftOf({
  expires_at: validUntil,
  break_glass: breakGlass,
  ...draft
}: z.output<typeof apiKeyInput>): ApiKeyDraft {
  return { ...draft, breakGlass, validUntil };
}

/** Credential of a program or a person. */
export const apiKeyResource = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(keyScopes)),
    teams: z.array(z.string()).nullable(),
    break_glass: z.boolean(),
    key_prefix: z
      .string()
      .meta({ description: "First characters of the key. The key itself is not stored." }),
    created_at: instant,
    rotated_at: instant.nullable(),
    expires_at: instant.nullable(),
    revoked_at: instant.nullable(),
    last_used_at: instant.nullable().meta({ description: "Updated at most once per hour." }),
  })
  .meta({ id: "ApiKey" });

export function presentApiKey(apiKey: ApiKey, lastUsedAt: number | null): z.input<typeof apiKeyResource> {
  return {
    id: apiKey.id,
    name: apiKey.name,
    scopes: [...apiKey.scopes],
    teams: apiKey.teams && [...apiKey.teams],
    break_glass: apiKey.breakGlass,
    key_prefix: apiKey.keyPrefix,
    created_at: formatInstant(apiKey.createdAt),
    rotated_at: instantOrNull(apiKey.rotatedAt),
    expires_at: instantOrNull(apiKey.validUntil),
    revoked_at: instantOrNull(apiKey.revokedAt),
    last_used_at: instantOrNull(lastUsedAt),
  };
}

/** Includes the key, which is shown only once. */
export const apiKeyWithSecret = apiKeyResource.extend({ key: z.string() });
