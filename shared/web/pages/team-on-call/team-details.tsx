import type { PropsWithChildren } from "hono/jsx";
import type { TeamChannel } from "../../../domain/notifications/team-channel.ts";
import type { Webhook } from "../../../domain/notifications/webhook.ts";
import { defaultPolicy, type EscalationPolicy } from "../../../domain/oncall/escalation.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import type { Person } from "../../../domain/person.ts";
import { ContactMethodText } from "../../components/contact-methods.tsx";
import { Name } from "../../components/name.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewer } from "../../site/viewer.ts";
import { policyLines } from "../edit-policy/policy-labels.ts";

export interface TeamDetailsProps {
  readonly team: string;
  readonly viewer: Viewer;
  /** Members of the schedule. */
  readonly people: readonly Person[];
  /** Null for the default policy. */
  readonly policy: EscalationPolicy | null;
  readonly channels: readonly TeamChannel[];
  readonly webhooks: readonly Webhook[];
  /** The team's services among the latest. */
  readonly services: readonly Pick<Service, "name">[];
  /** True if there are more services, which are not searched. */
  readonly moreServices: boolean;
}

/** Rows of each list. */
const shown = 10;

/** A team's members, policy, services, channels and webhooks, with links that change them. */
export function TeamDetails(props: TeamDetailsProps) {
  const { team, viewer, people, policy, channels, webhooks, services, moreServices } = props;
  return (
    <div class="team-details">
      <Part
        id="members"
        title="Members"
        count={people.length}
        more={pageHref("users")}
        empty="Members come from the schedule."
      >
        {people.slice(0, shown).map(({ name, email }) => (
          <li>
            <a href={pageHref("user", { email })}>
              <Name>{name}</Name>
            </a>
          </li>
        ))}
      </Part>
      <Part id="policy" title="Escalation policy" count={1} more={pageHref("edit-policy", { team })}>
        {policyLines(policy ?? defaultPolicy).map((line) => (
          <li>
            <bdi>{line}</bdi>
          </li>
        ))}
        {policy === null && <li class="quiet">The default policy</li>}
        {viewer.may("manage", { team }) && (
          <li>
            <a href={pageHref("edit-policy", { team })}>Edit policy</a>
          </li>
        )}
      </Part>
      <Part
        id="services"
        title="Services"
        count={services.length}
        more={pageHref("services")}
        empty="No services belong to this team."
      >
        {services.slice(0, shown).map(({ name }) => (
          <li>
            <a href={pageHref("service", { service: name })}>
              <Name>{name}</Name>
            </a>
          </li>
        ))}
        {moreServices && <li class="quiet">Of the latest services</li>}
      </Part>
      <Part
        id="channels"
        title="Channels"
        count={channels.length}
        more={pageHref("team-channels", { team })}
        empty="No channels. Only the people paged are notified."
      >
        {channels.slice(0, shown).map((channel) => (
          <li>
            <ContactMethodText method={channel} />
          </li>
        ))}
      </Part>
      <Part
        id="webhooks"
        title="Webhooks"
        count={webhooks.length}
        more={pageHref("webhooks", { team })}
        empty="No webhooks."
      >
        {webhooks.slice(0, shown).map(({ id, url, enabled }) => (
          <li>
            <a href={pageHref("webhook", { team, id })}>
              <Name>{url}</Name>
            </a>
            {!enabled && <span class="quiet"> disabled</span>}
          </li>
        ))}
      </Part>
    </div>
  );
}

interface PartProps {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  /** Page with the whole list. */
  readonly more: string;
  /** Text without any, next to the link. */
  readonly empty?: string;
}

function Part({ id, title, count, more, empty, children }: PropsWithChildren<PartProps>) {
  return (
    <section class="panel" aria-labelledby={`team-${id}`}>
      <h2 id={`team-${id}`}>{title}</h2>
      {count === 0 ? (
        <p class="quiet">
          {empty} <a href={more}>View {id === "members" ? "users" : title.toLowerCase()}</a>
        </p>
      ) : (
        <ul>{children}</ul>
      )}
      {count > shown && (
        <p>
          <a href={more}>And {count - shown} more</a>
        </p>
      )}
    </section>
  );
}
