import type { TeamNow } from "../../../domain/oncall/team.ts";
import type { Setup } from "../../../use-cases/read-setup.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface SetupChecklistProps extends Viewing {
  readonly setup: Setup;
  readonly teams: readonly TeamNow[];
  /** True if the team of any schedule has a policy of its own. */
  readonly policy: boolean;
}

/** Steps to the first delivered page, while one is missing. */
export function SetupChecklist({ setup, teams, policy, ...viewing }: SetupChecklistProps) {
  const managed = teams.find(({ schedule: { team } }) => viewing.viewer.may("manage", { team }));
  const mayAddPeople = viewing.viewer.may("profile");
  const steps = [
    {
      name: mayAddPeople ? "Add a person" : "Ask an administrator to add a person",
      done: setup.user,
      href: mayAddPeople ? pageHref("users") : null,
    },
    { name: "Create an on-call schedule", done: teams.length > 0, href: pageHref("new-schedule") },
    {
      name: "Choose an escalation policy",
      done: policy,
      href: managed ? pageHref("edit-policy", { team: managed.schedule.team }) : pageHref("on-call"),
    },
    { name: "Connect a monitoring tool", done: setup.integration, href: pageHref("integrations") },
    { name: "Receive a page on your own device", done: setup.deliveredPage, href: pageHref("users") },
  ];
  if (!viewing.viewer.may("manage") || steps.every(({ done }) => done)) return null;
  return (
    <section aria-labelledby="setup" class="setup">
      <h2 id="setup">
        Setup{" "}
        <span class="count">
          {steps.filter(({ done }) => done).length} of {steps.length}
        </span>
      </h2>
      <ol>
        {steps.map(({ name, done, href }) => (
          <li class={done ? "done" : undefined}>
            <span aria-hidden="true">{done ? "✓" : "○"}</span>{" "}
            {done ? (
              <>
                {name} <span class="hidden">(done)</span>
              </>
            ) : href === null ? (
              name
            ) : (
              <a href={href}>{name}</a>
            )}
          </li>
        ))}
      </ol>
      <ActionForm action="hide-setup" viewing={viewing} plain>
        <button type="submit" class="plain">
          Hide checklist
        </button>
      </ActionForm>
    </section>
  );
}
