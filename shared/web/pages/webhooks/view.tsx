import type { Webhook } from "../../../domain/notifications/webhook.ts";
import { webhookEvents } from "../../../domain/notifications/webhook.ts";
import { count } from "../../../domain/text/count.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { TextField } from "../../components/forms/fields.tsx";
import { TeamField } from "../../components/forms/team-field.tsx";
import { ListPages } from "../../components/navigation/list-pages.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { eventName, WebhookFields } from "./webhook-fields.tsx";
import { WebhookState } from "./webhook-state.tsx";

interface WebhooksViewProps extends Viewing {
  readonly teams: readonly { readonly team: string; readonly webhooks: readonly Webhook[] }[];
  /** The only team that is shown. */
  readonly team: string | undefined;
  readonly first: boolean;
  readonly next: string | null;
}

/** Webhooks of all teams, and the form that creates one. */
export function WebhooksView({ teams, team, first, next, ...viewing }: WebhooksViewProps) {
  const shown = teams.filter(({ webhooks }) => webhooks.length > 0);
  return (
    <>
      <SettingsTabs page="webhooks" viewer={viewing.viewer} within={team !== undefined} />
      <h1>Webhooks</h1>
      <p class="lead">
        Send the incidents of a team to your own systems, signed and with a log of deliveries.
        {team !== undefined && (
          <>
            {" "}
            <a href={pageHref("webhooks")}>View all teams</a>
          </>
        )}
      </p>
      <div class="columns">
        <div>
          {shown.length === 0 ? (
            <p class="empty">
              {team === undefined ? (
                "No webhooks yet. Create one to send incidents to another system."
              ) : (
                <>
                  <bdi>{team}</bdi> has no webhooks yet. Create one to send its incidents to another system.
                </>
              )}
            </p>
          ) : (
            shown.map(({ team, webhooks }) => (
              <section>
                <h2>
                  <bdi>{team}</bdi>
                </h2>
                <ul class="items">
                  {webhooks.map((webhook) => (
                    <WebhookItem webhook={webhook} />
                  ))}
                </ul>
              </section>
            ))
          )}
          <ListPages page="webhooks" filter={{ team }} first={first} next={next} />
          {team === undefined && <OtherTeam />}
        </div>
        {viewing.viewer.may("manage", { team }) && (
          <NewWebhook teams={teams.map(({ team }) => team)} team={team} viewing={viewing} />
        )}
      </div>
    </>
  );
}

function WebhookItem({ webhook }: { readonly webhook: Webhook }) {
  const { id, team, url, description } = webhook;
  return (
    <li class={webhook.enabled ? "item" : "item over"} id={id}>
      <div>
        <a class="name" href={pageHref("webhook", { team, id })}>
          <bdi>{url}</bdi>
        </a>
        <p class="about">
          {description !== null && <bdi>{description}</bdi>}
          <span>{eventsText(webhook)}</span>
        </p>
      </div>
      <WebhookState webhook={webhook} />
    </li>
  );
}

/** Returns the events in words: three of them, or their number. */
function eventsText({ events }: Webhook): string {
  if (events.length === webhookEvents.length) return "All events";
  return events.length > 3 ? count(events.length, "event") : events.map(eventName).join(", ");
}

function OtherTeam() {
  return (
    <form method="get" action={pageHref("webhooks")} class="only">
      <TextField
        field={{ id: "other-team", name: "team" }}
        label="Webhooks of another team"
        hint="Only teams with a schedule are listed."
        required
        maxlength={255}
      />
      <button type="submit">View webhooks</button>
    </form>
  );
}

function NewWebhook({
  teams,
  team,
  viewing,
}: {
  readonly teams: readonly string[];
  readonly team: string | undefined;
  readonly viewing: Viewing;
}) {
  const field = fieldsOf("create-webhook", viewing.formErrors);
  const rejected = viewing.formErrors?.action === "create-webhook" ? viewing.formErrors : undefined;
  return (
    <section>
      <ActionForm action="create-webhook" viewing={viewing} class="panel stack">
        <h2>New webhook</h2>
        <TeamField field={field("team")} value={team ?? ""} teams={teams} required />
        <WebhookFields field={field} chosen={rejected && (rejected.values.events ?? [])} />
        <button type="submit" class="primary">
          Create webhook
        </button>
      </ActionForm>
    </section>
  );
}
