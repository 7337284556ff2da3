import * as z from "zod";
import { email, teamName, text } from "../../../contracts/fields.ts";
import { type RoleAssignment, roles } from "../../../domain/access/roles.ts";
import { Conflict, Invalid } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import type { assignRole, removeRole } from "../../../use-cases/access/put-roles.ts";
import { faultsOf } from "../../../validation/faults.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { listHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

const holder = {
  /** Absent: in all teams. */
  team: teamName.optional(),
  kind: z.enum(["person", "group"]),
  holder: text(1, limits.groupNameLength),
};

const form = z.discriminatedUnion("change", [
  z.object({ change: z.literal("give"), ...holder, role: z.enum(roles) }),
  z.object({ change: z.literal("take"), ...holder }),
]);

interface UseCases {
  readonly assignRole: Wired<typeof assignRole>;
  readonly removeRole: Wired<typeof removeRole>;
}

export const changeRolesAction = action(
  { right: "administer", form, errorsInPlace: true },
  async ({ form, now }, { assignRole, removeRole }: UseCases) => {
    const team = form.team ?? null;
    const to = listHref("access", { team: form.team });
    const named = holderOf(form);
    const where = team === null ? "in all teams" : `in ${isolate(team)}`;
    try {
      if (form.change === "give") {
        if (team !== null && form.role === "admin")
          throw new Invalid([{ path: "role", message: "must not be admin within a team" }]);
        await assignRole(team, { role: form.role, ...named } as RoleAssignment, now);
        const text = `Assigned the role ${form.role} to ${isolate(form.holder)} ${where}. It applies within 30 seconds.`;
        return { to, flash: done(text) };
      }
      await removeRole(team, named, now);
      return {
        to,
        flash: done(`Removed the role of ${isolate(form.holder)} ${where}. It ends within 30 seconds.`),
      };
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return { to, flash: trouble(`Not changed: ${error.message}`) };
    }
  },
);

/** @throws Invalid if a person is not named by an email address */
function holderOf({ kind, holder }: { readonly kind: "person" | "group"; readonly holder: string }) {
  if (kind === "group") return { group: holder };
  const address = email.safeParse(holder);
  if (address.success) return { email: address.data };
  throw new Invalid(faultsOf(address.error.issues, 1).map(({ message }) => ({ path: "holder", message })));
}
