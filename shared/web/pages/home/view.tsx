import type { Tally } from "../../../domain/incidents/stats.ts";
import { defaultPolicy } from "../../../domain/oncall/escalation.ts";
import type { TeamNow } from "../../../domain/oncall/team.ts";
import type { AlertRate } from "../../../use-cases/alerts/read-alert-rate.ts";
import type { Health } from "../../../use-cases/check-health.ts";
import type { Unresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import type { OwnShift } from "../../../use-cases/oncall/list-own-shifts.ts";
import type { QueueBacklog } from "../../../use-cases/read-backlog.ts";
import type { Setup } from "../../../use-cases/read-setup.ts";
import type { Viewing } from "../../site/viewer.ts";
import { Ages, Rate, Trends } from "./figures.tsx";
import { NeedsAttention } from "./needs-attention.tsx";
import { OnCallNow } from "./on-call-now.tsx";
import { PlatformNotices } from "./platform-notices.tsx";
import { SetupChecklist } from "./setup-checklist.tsx";

interface HomeViewProps extends Viewing {
  readonly host: string;
  readonly unresolved: Unresolved;
  readonly teams: readonly TeamNow[];
  readonly moreTeams: boolean;
  readonly teamsAt: number;
  readonly ownShifts: readonly OwnShift[];
  /** The last thirty days, oldest first. */
  readonly days: readonly { readonly tally: Tally }[];
  readonly trendsAt: number;
  readonly rate: AlertRate;
  readonly health: Pick<Health, "services" | "dependencies">;
  readonly backlog: readonly QueueBacklog[];
  readonly setup: Setup;
  readonly hidesSetup: boolean;
}

/** Problems, open incidents, people on call, response times and the alert rate. */
export function HomeView(props: HomeViewProps) {
  const { unresolved, teams, now, setup, days } = props;
  const isNew = days.every(({ tally }) => Object.keys(tally.byStatus).length === 0);
  return (
    <>
      <h1 class="headline">
        <Headline {...unresolved} />
      </h1>
      <NotifyButtons />
      <PlatformNotices {...props} simulatedChannels={setup.simulatedChannels} />
      {!props.hidesSetup && (
        <SetupChecklist {...props} policy={teams.some(({ policy }) => policy !== defaultPolicy)} />
      )}
      <div class="columns wide-first">
        <div>
          <NeedsAttention {...props} isNew={isNew} />
          {unresolved.latest.length > 0 && <Ages unresolved={unresolved} now={now} />}
        </div>
        <div>
          <OnCallNow {...props} />
          <Trends days={days} at={props.trendsAt} />
          <Rate rate={props.rate} />
        </div>
      </div>
    </>
  );
}

/** Turns on browser notifications, which our script shows if the browser supports them, and a sound. */
function NotifyButtons() {
  return (
    <p class="needs-script notify">
      <button type="button" id="notify" class="plain" data-notify aria-pressed="false" hidden>
        Notify me in this tab
      </button>{" "}
      <button type="button" id="sound" class="plain" data-sound aria-pressed="false">
        Play a sound
      </button>
    </p>
  );
}

function Headline({ open, acknowledged, more }: Unresolved) {
  if (open + acknowledged === 0) return <>All clear</>;
  return (
    <>
      <span class={open > 0 ? "alarm" : undefined}>
        {more ? "at least " : ""}
        {open} open
      </span>
      , {acknowledged} acknowledged
    </>
  );
}
