import type { IntegrationError } from "../../../domain/integrations/integration.ts";
import { limits } from "../../../domain/limits.ts";
import type { typeNamed } from "../../../integrations/registry.ts";
import { Copyable } from "../../components/copyable.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { FieldFault, TextField } from "../../components/forms/fields.tsx";
import { TeamField } from "../../components/forms/team-field.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import { ShowOnce } from "../../components/show-once.tsx";
import { Ago } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { Activity, type KnownIntegration } from "../integrations/activity.tsx";
import { SettingFields, settingsOf } from "./setting-fields.tsx";
import { type TestEvent, TestResult } from "./test-result.tsx";

interface IntegrationViewProps extends Viewing {
  readonly known: KnownIntegration & {
    /** Newest first. */
    readonly errors: readonly IntegrationError[];
  };
  /** Undefined if this release does not have the type. */
  readonly type: ReturnType<typeof typeNamed>;
  /** Suggested teams. */
  readonly teams: readonly string[];
  /** Its key, if it was just created or rotated. It is shown once. */
  readonly secret: string | null;
  /** URL for its client; `KEY` stands for a key that is no longer known. */
  readonly url: string;
  /** Email address, if it has one. */
  readonly address: string | null;
  /** Client configuration or shell commands. */
  readonly setUp: string | null;
  /** The test event that was sent from this page. */
  readonly test: TestEvent | null;
}

/** One integration: its URL, client configuration, settings and rejected events. */
export function IntegrationView(props: IntegrationViewProps) {
  const { known, type, teams, secret, url, address, setUp, test, ...viewing } = props;
  const { integration, activity, team, errors } = known;
  const { id, name, service } = integration;
  const mayManage = viewing.viewer.may("manage", { team: team ?? service });
  return (
    <>
      <SettingsTabs page="integration" viewer={viewing.viewer} />
      <p class="crumbs">
        <a href={pageHref("integrations")}>Integrations</a>
      </p>
      <h1 class="incident-title">
        <bdi>{name}</bdi>
      </h1>
      <p class="lead about">
        <span>{type?.title ?? integration.type}</span>
        <span>
          Service: <bdi>{service}</bdi>
        </span>
        {team !== null && (
          <span>
            Team: <bdi>{team}</bdi>
          </span>
        )}
        <Activity activity={activity} now={viewing.now} />
      </p>
      {secret !== null && <ShowOnce what="the key" id="new-key" text={secret} />}
      {test && <TestResult {...test} />}
      {mayManage && (
        <ActionForm action="change-integration" params={{ id }} viewing={viewing} class="button-row actions">
          <button type="submit" name="change" value="test" class="primary">
            Send test event
          </button>
        </ActionForm>
      )}
      <div class="columns">
        <div>
          <Setup {...{ type, url, address, setUp }} isComplete={secret !== null} />
          <Errors errors={errors} now={viewing.now} />
        </div>
        {mayManage && (
          <div>
            <EditForm known={known} type={type} teams={teams} viewing={viewing} />
            <RotateOrDelete id={id} viewing={viewing} />
          </div>
        )}
      </div>
    </>
  );
}

function Setup({
  type,
  url,
  address,
  setUp,
  isComplete,
}: Pick<IntegrationViewProps, "type" | "url" | "address" | "setUp"> & { readonly isComplete: boolean }) {
  return (
    <section>
      <h2>Client configuration</h2>
      <div class="panel">
        {address !== null && (
          <>
            <h3>Email address</h3>
            <Copyable id="integration-address" text={address} />
          </>
        )}
        {type?.receivesEmail && address === null && (
          <p class="hint">
            It has no email address, because <code>INBOUND_EMAIL_DOMAIN</code> is not set.
          </p>
        )}
        <h3>URL</h3>
        <Copyable id="integration-url" text={url} />
        {setUp !== null && (
          <>
            <h3>Example</h3>
            <Copyable id="integration-set-up" text={setUp} />
          </>
        )}
        {!isComplete && (
          <p class="hint">
            Replace <code>KEY</code> with the integration key. The key was shown once, when it was created or
            rotated.
          </p>
        )}
      </div>
    </section>
  );
}

interface EditFormProps {
  readonly known: KnownIntegration;
  readonly type: ReturnType<typeof typeNamed>;
  readonly teams: readonly string[];
  readonly viewing: Viewing;
}

function EditForm({ known: { integration, team }, type, teams, viewing }: EditFormProps) {
  const { id, name, service, settings, version } = integration;
  const field = fieldsOf("change-integration", viewing.formErrors);
  return (
    <section>
      <ActionForm action="change-integration" params={{ id }} viewing={viewing} class="panel stack">
        <h2>Settings</h2>
        <input type="hidden" name="base" value={version} autocomplete="off" />
        <TextField
          field={field("name")}
          label="Name"
          value={name}
          required
          maxlength={limits.integrationNameLength}
        />
        <TextField
          field={field("service")}
          label="Service"
          value={service}
          hint="The service that its alerts belong to."
          required
          maxlength={limits.serviceLength}
        />
        <TeamField
          field={field("team")}
          value={team ?? ""}
          teams={teams}
          hint="Team that owns the service. Optional. Leave empty to keep the current owner."
        />
        <SettingFields settings={settingsOf(type?.settings)} values={settings} field={field} />
        <FieldFault field={field("settings")} />
        <button type="submit" name="change" value="save">
          Save integration
        </button>
      </ActionForm>
    </section>
  );
}

function RotateOrDelete({ id, viewing }: { readonly id: string; readonly viewing: Viewing }) {
  return (
    <details class="fold" id="rotate-or-delete">
      <summary>Rotate or delete</summary>
      <ActionForm action="change-integration" params={{ id }} viewing={viewing} class="stack">
        <p class="hint">The current key stops working within ten seconds. Alerts are kept.</p>
        <div class="button-row">
          <button type="submit" name="change" value="rotate">
            Rotate key
          </button>
          <button type="submit" name="change" value="delete" class="danger">
            Delete integration
          </button>
        </div>
      </ActionForm>
    </details>
  );
}

function Errors({ errors, now }: { readonly errors: readonly IntegrationError[]; readonly now: number }) {
  return (
    <section>
      <h2>Latest errors</h2>
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
