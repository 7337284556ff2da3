import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { TeamDetails, type TeamDetailsProps } from "./team-details.tsx";
import { TeamHeading } from "./team-heading.tsx";

interface NoScheduleViewProps
  extends Viewing,
    Pick<TeamDetailsProps, "team" | "policy" | "channels" | "webhooks" | "services" | "moreServices"> {}

/** A team that has a policy, services, channels or webhooks, and no schedule yet. */
export function NoScheduleView(props: NoScheduleViewProps) {
  const { team, viewer } = props;
  return (
    <>
      <TeamHeading team={team} />
      <p class="notice trouble">
        This team has no schedule, so no one is on call.{" "}
        {viewer.may("manage", { team }) && <a href={pageHref("new-schedule", { team })}>Create schedule</a>}
      </p>
      <nav class="pages" aria-label="Team">
        <a href={pageHref("incidents", { team })}>Team incidents</a>
        <a href={pageHref("team-channels", { team })}>Channels</a>
        <a href={pageHref("webhooks", { team })}>Webhooks</a>
      </nav>
      <TeamDetails {...props} people={[]} />
    </>
  );
}
