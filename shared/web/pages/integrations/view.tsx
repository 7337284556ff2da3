import { limits } from "../../../domain/limits.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { SelectField, TextField } from "../../components/forms/fields.tsx";
import { TeamField } from "../../components/forms/team-field.tsx";
import { ListPages } from "../../components/navigation/list-pages.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { Activity, type KnownIntegration } from "./activity.tsx";

interface TypeTitle {
  readonly name: string;
  readonly title: string;
}

interface IntegrationsViewProps extends Viewing {
  readonly integrations: readonly KnownIntegration[];
  readonly types: readonly TypeTitle[];
  /** Suggested teams. */
  readonly teams: readonly string[];
  readonly first: boolean;
  readonly next: string | null;
}

/** Integrations with their activity, and the form that creates one. */
export function IntegrationsView(props: IntegrationsViewProps) {
  const { integrations, types, teams, first, next, ...viewing } = props;
  return (
    <>
      <SettingsTabs page="integrations" viewer={viewing.viewer} />
      <h1>Integrations</h1>
      <p class="lead">
        Receive alerts from your monitoring systems. Point each one at the URL or the email address of its
        integration.
      </p>
      <div class="columns">
        <div>
          {integrations.length === 0 ? (
            <p class="empty">No integrations yet. Create one to receive alerts.</p>
          ) : (
            <ul class="items">
              {integrations.map((known) => (
                <Item known={known} types={types} now={viewing.now} />
              ))}
            </ul>
          )}
          <ListPages page="integrations" first={first} next={next} />
        </div>
        {viewing.viewer.may("manage") && <IntegrationForm types={types} teams={teams} viewing={viewing} />}
      </div>
    </>
  );
}

function Item({
  known: { integration, activity, team },
  types,
  now,
}: {
  readonly known: KnownIntegration;
  readonly types: readonly TypeTitle[];
  readonly now: number;
}) {
  const { id, name, type, service } = integration;
  return (
    <li class="item" id={id}>
      <div>
        <a class="name" href={pageHref("integration", { id })}>
          <bdi>{name}</bdi>
        </a>
        <p class="about">
          <span>{types.find((known) => known.name === type)?.title ?? type}</span>
          <span>
            Service: <bdi>{service}</bdi>
          </span>
          {team !== null && (
            <span>
              Team: <bdi>{team}</bdi>
            </span>
          )}
        </p>
      </div>
      <p class="about">
        <Activity activity={activity} now={now} />
      </p>
    </li>
  );
}

function IntegrationForm({
  types,
  teams,
  viewing,
}: {
  readonly types: readonly TypeTitle[];
  readonly teams: readonly string[];
  readonly viewing: Viewing;
}) {
  const field = fieldsOf("create-integration", viewing.formErrors);
  return (
    <section>
      {/* Chromium 156 crashes where the script replaces this form by the new page, whose key would be lost. */}
      <ActionForm action="create-integration" viewing={viewing} plain class="panel stack">
        <h2>New integration</h2>
        <TextField field={field("name")} label="Name" required maxlength={limits.integrationNameLength} />
        <SelectField
          field={field("type")}
          label="Type"
          options={types.map(({ name, title }) => [name, title])}
        />
        <TextField
          field={field("service")}
          label="Service"
          hint="The service that its alerts belong to."
          required
          maxlength={limits.serviceLength}
        />
        <TeamField
          field={field("team")}
          placeholder="No change"
          teams={teams}
          hint="Team that owns the service. Optional. Leave empty to keep the current owner."
        />
        <button type="submit" class="primary">
          Create integration
        </button>
      </ActionForm>
    </section>
  );
}
