import { teamParams } from "../../../contracts/oncall/schedules/schedule.ts";
import type { ScheduleStore } from "../../../use-cases/ports/oncall.ts";
import { page } from "../../site/page.ts";
import type { RecentPeople } from "../../site/use-case.ts";
import { baseOfPolicy, formOfPolicy, type PreviewPolicy, showPolicyForm } from "./form.tsx";

interface UseCases {
  readonly loadSchedule: ScheduleStore["load"];
  readonly previewPolicy: PreviewPolicy;
  readonly recentPeople: RecentPeople;
}

export const editPolicyPage = page(
  { right: "manage", params: teamParams },
  async ({ params: { team }, ...viewing }, { loadSchedule, previewPolicy, recentPeople }: UseCases) => {
    const known = await loadSchedule(team, viewing.now);
    const policy = known?.policy ?? null;
    return {
      title: "Escalation policy",
      content: showPolicyForm(previewPolicy, formOfPolicy(policy), known, {
        ...viewing,
        team,
        base: baseOfPolicy(policy),
        showErrors: false,
        conflict: null,
        people: (await recentPeople(viewing.now)).value,
      }),
    };
  },
);
