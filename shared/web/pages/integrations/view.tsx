import type {
  Integration,
  IntegrationActivity,
  IntegrationError,
} from "../../../domain/integrations/integration.ts";
import { limits } from "../../../domain/limits.ts";
import { Copyable } from "../../components/copyable.tsx";
import { count } from "../../components/count.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { SelectField, TextField } from "../../components/forms/fields.tsx";
import { ListPages } from "../../components/list-pages.tsx";
import { SettingsTabs } from "../../components/settings-tabs.tsx";
import { ShowOnce } from "../../components/show-once.tsx";
import { Ago } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface KnownIntegration {
  readonly integration: Integration;
  readonly activity: IntegrationActivity;
}

export interface ChosenIntegration extends KnownIntegration {
  /** Newest first. */
  readonly errors: readonly IntegrationError[];
  /** Its key, if it was just created or rotated. It is shown once. */
  readonly key: string | null;
  /** URL for its client; `KEY` stands for a key that is no longer known. */
  readonly url: string;
  /** Client configuration or shell commands. */
  readonly setUp: string | null;
}

interface TypeTitle {
  readonly name: string;
  readonly title: string;
}

interface IntegrationsViewProps extends Viewing {
  readonly integrations: readonly KnownIntegration[];
  readonly types: readonly TypeTitle[];
  /** The selected integration. */
  readonly chosen: ChosenIntegration | undefined;
  readonly first: boolean;
  readonly next: string | null;
}

/** Integrations with their activity, and the form that creates one. */
export function IntegrationsView(props: IntegrationsViewProps) {
  const { integrations, types, chosen, first, next, ...viewing } = props;
  return (
    <>
      <SettingsTabs page="integrations" />
      <h1>Integrations</h1>
      <p class="lead">
        Receive alerts from your monitoring systems. Point each one at the URL of its integration.
      </p>
      {chosen && <Chosen chosen={chosen} types={types} viewing={viewing} />}
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
        {viewing.viewer.mayWrite && <IntegrationForm types={types} viewing={viewing} />}
      </div>
    </>
  );
}

function titleOf(types: readonly TypeTitle[], { type }: Integration): string {
  return types.find(({ name }) => name === type)?.title ?? type;
}

function Item({
  known: { integration, activity },
  types,
  now,
}: {
  readonly known: KnownIntegration;
  readonly types: readonly TypeTitle[];
  readonly now: number;
}) {
  const { id, name } = integration;
  return (
    <li class="item" id={id}>
      <div>
        <a href={`${pageHref("integrations", { integration: id })}#integration`}>
          <bdi class="name">{name}</bdi>
        </a>
        <About integration={integration} types={types} activity={activity} now={now} />
      </div>
    </li>
  );
}

interface AboutProps {
  readonly integration: ChosenIntegration["integration"];
  readonly types: readonly TypeTitle[];
  readonly activity: IntegrationActivity;
  readonly now: number;
}

function About({ integration, types, activity, now }: AboutProps) {
  const { events, errors, lastEventAt } = activity;
  return (
    <p class="about">
      <span>{titleOf(types, integration)}</span>
      <span>
        Service: <bdi>{integration.service}</bdi>
      </span>
      <span>
        {lastEventAt === null ? (
          "No events yet"
        ) : (
          <>
            {count(events, "event")}, last <Ago at={lastEventAt} now={now} />
          </>
        )}
      </span>
      {errors > 0 && <span class="alarm">{count(errors, "error")}</span>}
    </p>
  );
}

function Chosen({
  chosen,
  types,
  viewing,
}: {
  readonly chosen: ChosenIntegration;
  readonly types: readonly TypeTitle[];
  readonly viewing: Viewing;
}) {
  const { integration, activity, errors, key, url, setUp } = chosen;
  const { id, name } = integration;
  const { now } = viewing;
  return (
    <section id="integration" class="chosen">
      <h2>
        <bdi>{name}</bdi>
      </h2>
      <div class="items">
        <div class="item">
          <About integration={integration} types={types} activity={activity} now={now} />
          {viewing.viewer.mayWrite && (
            <details id={`more-${id}`}>
              <summary>Rotate or delete</summary>
              <ActionForm action="change-integrations" viewing={viewing} class="button-row">
                <input type="hidden" name="id" value={id} />
                <button type="submit" name="change" value="rotate">
                  Rotate key
                </button>
                <button type="submit" name="change" value="delete" class="danger">
                  Delete integration
                </button>
                <p class="hint">The current key stops working within ten seconds.</p>
              </ActionForm>
            </details>
          )}
        </div>
      </div>
      {key !== null && <ShowOnce what="the key" id="new-key" text={key} />}
      <div class="panel">
        <h3>URL</h3>
        <Copyable id="integration-url" text={url} />
        {setUp !== null && (
          <>
            <h3>Client configuration</h3>
            <Copyable id="integration-set-up" text={setUp} />
          </>
        )}
        {key === null && (
          <p class="hint">
            Replace <code>KEY</code> with the integration key. The key was shown once, when it was created or
            rotated.
          </p>
        )}
      </div>
      <h3>Latest errors</h3>
      {errors.length === 0 ? (
        <p class="empty">No errors.</p>
      ) : (
        <ul class="items">
          {errors.map((error) => (
            <ErrorItem error={error} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ErrorItem({
  error: { id, at, status, message, excerpt },
  now,
}: {
  readonly error: IntegrationError;
  readonly now: number;
}) {
  return (
    <li class="item" id={id}>
      <div>
        <bdi>{message}</bdi>
        <p class="about">
          <span>
            <Ago at={at} now={now} />
          </span>
          <span>{status === null ? "Other events were accepted" : `Response: ${status}`}</span>
        </p>
        {excerpt !== "" && (
          <details id={`sent-${id}`}>
            <summary>View request</summary>
            <pre>
              <code>
                <bdi>{excerpt}</bdi>
              </code>
            </pre>
          </details>
        )}
      </div>
    </li>
  );
}

function IntegrationForm({
  types,
  viewing,
}: {
  readonly types: readonly TypeTitle[];
  readonly viewing: Viewing;
}) {
  const field = fieldsOf("change-integrations", viewing.formErrors);
  return (
    <section>
      <ActionForm action="change-integrations" viewing={viewing} class="panel stack">
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
        <TextField
          field={field("team")}
          label="Team"
          placeholder="No change"
          hint="Team that owns the service. Optional. Leave empty to keep the current owner."
          maxlength={limits.teamLength}
        />
        <button type="submit" name="change" value="create" class="primary">
          Create integration
        </button>
      </ActionForm>
    </section>
  );
}
