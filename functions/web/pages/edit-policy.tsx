import { teamParams } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { page } from "../../../shared/http/site.ts";
import { baseOfPolicy, formOfPolicy, showPolicyForm } from "../../../shared/runtime/policy-form.tsx";
import { rotas } from "../../../shared/runtime/stores.ts";

export const editPolicyPage = page(
  "edit-policy",
  { scope: "write", params: teamParams },
  async ({ params: { team }, ...viewing }) => {
    const known = await rotas().load(team, viewing.now);
    const policy = known?.policy ?? null;
    return {
      title: "Escalation policy",
      content: showPolicyForm(formOfPolicy(policy), known, {
        ...viewing,
        team,
        base: baseOfPolicy(policy),
        marked: false,
        met: null,
      }),
    };
  },
);
