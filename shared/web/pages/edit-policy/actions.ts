import * as z from "zod";
import { teamParams } from "../../../contracts/oncall/schedules/schedule.ts";
import { defaultPolicy } from "../../../domain/oncall/escalation.ts";
import type { replacePolicy } from "../../../use-cases/oncall/replace-policy.ts";
import type { AuditStore } from "../../../use-cases/ports/audit.ts";
import type { ScheduleStore } from "../../../use-cases/ports/oncall.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { hasErrorsToShow } from "../../site/forms/form-tree.ts";
import { latestChange } from "../../site/forms/latest-change.ts";
import { pageHref } from "../../site/routes.ts";
import type { RecentPeople, Wired } from "../../site/use-case.ts";
import { baseOfPolicy, type PreviewPolicy, readPolicyForm, showPolicyForm } from "./form.tsx";
import { policyLines } from "./policy-labels.ts";

const form = z.object({ op: z.string().default("preview"), base: z.string().default("") });

interface UseCases {
  readonly loadSchedule: ScheduleStore["load"];
  readonly replacePolicy: Wired<typeof replacePolicy>;
  readonly listChanges: AuditStore["list"];
  readonly previewPolicy: PreviewPolicy;
  readonly recentPeople: RecentPeople;
}

export const editPolicyAction = action(
  { right: "manage", team: "path", params: teamParams, form },
  async ({ params: { team }, form: { op, base }, ...sent }, useCases: UseCases) => {
    const { loadSchedule, replacePolicy, previewPolicy } = useCases;
    const { policy, ...form } = readPolicyForm(sent.fields, op);
    const before = await loadSchedule(team, sent.now);
    const isBase = baseOfPolicy(before?.policy ?? null) === base;
    const saves = op === "save" && policy !== null;
    if (saves && isBase && (await replacePolicy(team, policy, before))) {
      const text = "Saved the escalation policy. Open incidents keep the policy that they started with.";
      return { to: pageHref("team-on-call", { team }), flash: done(text) };
    }
    const conflicts = saves;
    const known = conflicts ? await loadSchedule(team, sent.now) : before;
    const theirs = known?.policy ?? null;
    const showErrors = hasErrorsToShow(op, form.faults);
    return {
      page: "edit-policy",
      title: "Escalation policy",
      status: conflicts ? 409 : showErrors ? 422 : 200,
      content: showPolicyForm(previewPolicy, { ...form, policy }, known, {
        ...sent,
        team,
        base: conflicts ? baseOfPolicy(theirs) : base,
        showErrors,
        people: (await useCases.recentPeople(sent.now)).value,
        conflict: conflicts
          ? {
              ...(await latestChange(useCases.listChanges, "escalation_policy", team)),
              theirs: policyLines(theirs ?? defaultPolicy),
              mine: policyLines(policy),
            }
          : null,
      }),
    };
  },
);
