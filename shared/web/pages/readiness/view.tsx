import { formatDuration } from "../../../domain/duration.ts";
import { limits } from "../../../domain/limits.ts";
import type {
  MethodFault,
  PersonReadiness,
  ReadinessFault,
  ReadinessRule,
  TeamReadiness,
} from "../../../domain/oncall/readiness.ts";
import { count } from "../../../domain/text/count.ts";
import { ContactMethodText } from "../../components/contact-methods.tsx";
import { formatExactly } from "../../components/duration.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { SelectField, TextField } from "../../components/forms/fields.tsx";
import { Name } from "../../components/name.tsx";
import { OnCallTabs } from "../../components/navigation/on-call-tabs.tsx";
import { Ago } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface ReadinessViewProps extends Viewing {
  readonly teams: readonly TeamReadiness[];
  /** The chosen team; null for all. */
  readonly team: string | null;
  readonly first: boolean;
  /** Cursor of the next page. */
  readonly next: string | null;
}

/** Readiness of each team: whether its people can be reached, and by which contact methods. */
export function ReadinessView({ teams, team, first, next, ...viewing }: ReadinessViewProps) {
  return (
    <>
      <h1>Readiness</h1>
      <OnCallTabs page="readiness" viewer={viewing.viewer} />
      {teams.length === 0 && first && (
        <div class="empty">
          <p>No schedules yet. This page shows whether the people on schedules can be reached.</p>
        </div>
      )}
      {teams.map((each) => (
        <TeamSection {...viewing} team={each} isOnly={team !== null} />
      ))}
      <nav class="pages" aria-label="Pages">
        {(team !== null || !first) && <a href={pageHref("readiness")}>All teams</a>}
        {next !== null && <a href={pageHref("readiness", { cursor: next })}>More teams</a>}
      </nav>
    </>
  );
}

function TeamSection({
  team: { team, rule, drill, people, more },
  isOnly,
  ...viewing
}: Viewing & { readonly team: TeamReadiness; readonly isOnly: boolean }) {
  const { now, viewer } = viewing;
  const mayManage = viewer.may("manage", { team });
  return (
    <section class="readiness" id={`team-${encodeURIComponent(team)}`}>
      <h2>
        <a href={pageHref("team-on-call", { team })}>
          <Name>{team}</Name>
        </a>
      </h2>
      <p class="about">
        <span>{ruleText(rule)}</span>{" "}
        {drill && (
          <span>
            Last drill <Ago at={drill.startedAt} now={now} />: <bdi>{drill.email}</bdi> {drillText(drill)}
          </span>
        )}{" "}
        {mayManage && !isOnly && <a href={pageHref("readiness", { team })}>Edit requirement</a>}
      </p>
      <table class="stacked">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Ready</th>
            <th scope="col">Contact methods</th>
            <th scope="col">Last answer</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <PersonRow person={person} rule={rule} now={now} />
          ))}
        </tbody>
      </table>
      {more > 0 && <p class="quiet">{more} more on the schedule.</p>}
      {mayManage && isOnly && <RuleForm {...viewing} team={team} rule={rule} />}
    </section>
  );
}

function PersonRow({
  person: { person, methods, faults, answeredAt },
  rule,
  now,
}: {
  readonly person: PersonReadiness;
  readonly rule: ReadinessRule;
  readonly now: number;
}) {
  return (
    <tr>
      <th scope="row">
        <a href={pageHref("user", { email: person.email })}>
          <Name>{person.name}</Name>
        </a>
      </th>
      <td data-name="Ready">
        {faults.length === 0 ? (
          <span class="covered">
            <span aria-hidden="true">✓</span> Ready
          </span>
        ) : (
          <span class="alarm">
            <span aria-hidden="true">✗</span> {faults.map((fault) => faultText(fault, rule)).join(". ")}
          </span>
        )}
      </td>
      <td data-name="Contact methods">
        <ul>
          {methods.map(({ method, delaySeconds, fault }) => (
            <li>
              <ContactMethodText method={method} />{" "}
              <span class="quiet">
                {delaySeconds === null
                  ? "if others fail"
                  : delaySeconds === 0
                    ? "immediately"
                    : `after ${formatExactly(delaySeconds)}`}
                {fault !== null && `, ${methodFaults[fault]}`}
              </span>
            </li>
          ))}
        </ul>
      </td>
      <td data-name="Last answer">
        {answeredAt === null ? <span class="quiet">Never</span> : <Ago at={answeredAt} now={now} />}
      </td>
    </tr>
  );
}

const methodFaults: Readonly<Record<MethodFault, string>> = {
  unverified: "not verified",
  simulated: "no provider: printed to the console",
  stopped: "STOP was sent from this number",
  no_devices: "no device",
};

function faultText(fault: ReadinessFault, { withinSeconds, channels }: ReadinessRule): string {
  switch (fault) {
    case "late":
      return `No verified contact method within ${formatExactly(withinSeconds)}`;
    case "too_few_channels":
      return `Fewer than ${count(channels, "verified channel")}`;
    case "no_drill":
      return `Gets no drill: no contact method with a provider within ${formatExactly(limits.drillSeconds)}`;
    case "missed_drill":
      return "Missed the last drill";
  }
}

function ruleText({ withinSeconds, channels, drill }: ReadinessRule): string {
  const drills = drill === "weekly" ? "Weekly drill" : "No drills";
  return `Verified contact method within ${formatExactly(withinSeconds)}, ${count(channels, "channel")}. ${drills}.`;
}

function drillText({
  answeredAt,
  missedAt,
  canceledAt,
  startedAt,
}: NonNullable<TeamReadiness["drill"]>): string {
  if (canceledAt !== null && answeredAt === null) return "was paged about an incident instead";
  if (answeredAt !== null) return `answered after ${formatExactly((answeredAt - startedAt) / 1_000)}`;
  return missedAt === null ? "has not answered yet" : "missed it";
}

function RuleForm({
  team,
  rule,
  ...viewing
}: Viewing & { readonly team: string; readonly rule: ReadinessRule }) {
  const field = fieldsOf("save-readiness", viewing.formErrors);
  return (
    <ActionForm action="save-readiness" viewing={viewing} class="panel stack">
      <h3>Requirement</h3>
      <input type="hidden" name="team" value={team} />
      <TextField
        field={field("within")}
        label="Verified contact method within"
        value={formatDuration(rule.withinSeconds)}
        required
        maxlength={64}
        hint="For example 5 min. Delays are those of the notification rules."
      />
      <TextField
        field={field("channels")}
        label="Different channels"
        type="number"
        value={String(rule.channels)}
        required
        hint="Channels with a verified contact method, fallbacks included."
      />
      <SelectField
        field={field("drill")}
        label="Drill"
        value={rule.drill}
        options={[
          ["off", "Off"],
          ["weekly", "Weekly: page the next person on call during working hours"],
        ]}
      />
      <button type="submit" class="primary">
        Save requirement
      </button>
    </ActionForm>
  );
}
