import * as z from "zod";
import { apiKeyInput } from "../../../contracts/access/api-key.ts";
import { id } from "../../../contracts/fields.ts";
import { keyScopes } from "../../../domain/access/api-key.ts";
import { Conflict } from "../../../domain/errors.ts";
import { unknownTeamOfKeyWarning } from "../../../domain/oncall/unknown-team.ts";
import { dayMs } from "../../../domain/time-units.ts";
import type { createApiKey } from "../../../use-cases/access/create-api-key.ts";
import type { revokeApiKey } from "../../../use-cases/access/revoke-api-key.ts";
import type { rotateApiKey } from "../../../use-cases/access/rotate-api-key.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

const scopes = z.array(z.enum(keyScopes)).min(1, "select at least one").max(keyScopes.length);
/** Absent if the key does not expire. */
const days = z.coerce.number().int().min(1).max(3_650).optional();
/** Names with commas between them; absent for all teams. */
const teams = z
  .string()
  .transform((names) => names.split(",").filter((name) => name.trim() !== ""))
  .pipe(apiKeyInput.shape.teams.unwrap().unwrap())
  .optional();
const break_glass = z.literal("on").optional();

const form = z.discriminatedUnion("change", [
  z.object({ change: z.literal("create"), name: apiKeyInput.shape.name, scopes, teams, days, break_glass }),
  z.object({ change: z.literal("rotate"), id }),
  z.object({ change: z.literal("revoke"), id }),
]);

interface UseCases {
  readonly createApiKey: Wired<typeof createApiKey>;
  readonly rotateApiKey: Wired<typeof rotateApiKey>;
  readonly revokeApiKey: Wired<typeof revokeApiKey>;
}

export const changeApiKeysAction = action(
  { right: "administer", form, errorsInPlace: true },
  async ({ form, now }, { createApiKey, rotateApiKey, revokeApiKey }: UseCases) => {
    const to = pageHref("api-keys");
    switch (form.change) {
      case "create": {
        const breakGlass = form.break_glass === "on";
        // A key for emergencies does not expire.
        const validUntil = form.days === undefined || breakGlass ? null : now + form.days * dayMs;
        const scopes = keyScopes.filter((scope) => form.scopes.includes(scope));
        const draft = { name: form.name, scopes, teams: form.teams ?? null, breakGlass, validUntil };
        const { secret, unknownTeams } = await createApiKey(draft, now);
        const created = `Created API key ${isolate(form.name)}.`;
        const warnings = unknownTeams.map((team) => unknownTeamOfKeyWarning(isolate(team)));
        const flash = warnings.length === 0 ? done(created) : trouble([created, ...warnings].join(" "));
        return { to, flash, newSecret: secret };
      }
      case "rotate":
        try {
          const { apiKey, secret } = await rotateApiKey(form.id, now);
          const flash = done(
            `Rotated ${isolate(apiKey.name)}. The old key stops working within ten seconds.`,
          );
          return { to, flash, newSecret: secret };
        } catch (error) {
          // Revoked or expired since the page was loaded.
          if (!(error instanceof Conflict)) throw error;
          return { to, flash: trouble(`Not rotated: ${error.message}.`) };
        }
      case "revoke": {
        const { apiKey } = await revokeApiKey(form.id, now);
        return { to, flash: done(`Revoked ${isolate(apiKey.name)}. It stops working within ten seconds.`) };
      }
    }
  },
);
