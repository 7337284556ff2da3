import * as z from "zod";
import { teamParams } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { pageHref } from "../../../shared/contracts/web/routes.ts";
import { defaultPolicy } from "../../../shared/domain/oncall/escalation.ts";
import { marks } from "../../../shared/http/form-tree.ts";
import { action } from "../../../shared/http/site.ts";
import { policyWords } from "../../../shared/pages/policy-words.ts";
import { baseOfPolicy, readPolicyForm, showPolicyForm } from "../../../shared/runtime/policy-form.tsx";
import { audit, rotas } from "../../../shared/runtime/stores.ts";
import { replacePolicy } from "../../../shared/use-cases/oncall/policies.ts";

const form = z.object({ op: z.string().default("preview"), base: z.string().default("") });

export const editPolicyAction = action(
  "edit-policy",
  { params: teamParams, form },
  async ({ params: { team }, form: { op, base }, ...sent }) => {
    const { policy, ...form } = readPolicyForm(sent.fields, op);
    const before = await rotas().load(team, sent.now);
    const isBase = baseOfPolicy(before?.policy ?? null) === base;
    const saves = op === "save" && policy !== null;
    if (saves && isBase && (await replacePolicy({ rotas: rotas() }, team, policy, before))) {
      const text = "Saved the escalation policy. Incidents that are open keep the one they opened with.";
      return { to: pageHref("team-on-call", { team }), flash: { kind: "done", text } };
    }
    const changed = saves;
    const known = changed ? await rotas().load(team, sent.now) : before;
    const theirs = known?.policy ?? null;
    const marked = marks(op, form.faults);
    return {
      page: "edit-policy",
      title: "Escalation policy",
      status: changed ? 409 : marked ? 422 : 200,
      content: showPolicyForm({ ...form, policy }, known, {
        ...sent,
        team,
        base: changed ? baseOfPolicy(theirs) : base,
        marked,
        met: changed
          ? {
              ...(await latestChange(team)),
              theirs: policyWords(theirs ?? defaultPolicy),
              mine: policyWords(policy),
            }
          : null,
      }),
    };
  },
);

async function latestChange(team: string) {
  const resource = { kind: "escalation_policy", id: team } as const;
  const { items } = await audit().list({ resource }, { limit: 1, after: null });
  return { by: items[0]?.actor ?? null, at: items[0]?.at ?? null };
}
