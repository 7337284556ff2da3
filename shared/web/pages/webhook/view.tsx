import type { WebhookDelivery } from "../../../domain/notifications/notification.ts";
import type { Webhook } from "../../../domain/notifications/webhook.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { ListPages } from "../../components/navigation/list-pages.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import { ShowOnce } from "../../components/show-once.tsx";
import { Ago, Moment } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { WebhookFields } from "../webhooks/webhook-fields.tsx";
import { WebhookState } from "../webhooks/webhook-state.tsx";
import { Deliveries } from "./deliveries.tsx";

interface WebhookViewProps extends Viewing {
  readonly webhook: Webhook;
  /** Its signing secret, if it was just created. It is shown once. */
  readonly secret: string | null;
  /** Newest first. */
  readonly deliveries: readonly WebhookDelivery[];
  readonly first: boolean;
  readonly next: string | null;
}

/** One webhook: its deliveries, and the forms that test, edit, rotate and delete it. */
export function WebhookView(props: WebhookViewProps) {
  const { webhook, secret, deliveries, first, next, ...viewing } = props;
  const { team, id } = webhook;
  const mayManage = viewing.viewer.may("manage", { team });
  return (
    <>
      <SettingsTabs page="webhook" viewer={viewing.viewer} />
      <p class="crumbs">
        <a href={pageHref("webhooks")}>Webhooks</a> <span aria-hidden="true">›</span>{" "}
        <a href={pageHref("webhooks", { team })}>
          <bdi>{team}</bdi>
        </a>
      </p>
      <h1 class="incident-title">
        <bdi>{webhook.url}</bdi>
      </h1>
      <Summary webhook={webhook} now={viewing.now} />
      {secret !== null && <ShowOnce what="the signing secret" id="new-secret" text={secret} />}
      {mayManage && <Operations webhook={webhook} viewing={viewing} />}
      <div class="columns">
        <div>
          <Deliveries webhook={webhook} deliveries={deliveries} viewing={viewing} />
          <ListPages page="webhook" filter={{ team, id }} first={first} next={next} />
        </div>
        {mayManage && (
          <div>
            <EditForm webhook={webhook} viewing={viewing} />
            <Secret webhook={webhook} viewing={viewing} />
          </div>
        )}
      </div>
    </>
  );
}

function Summary({ webhook, now }: { readonly webhook: Webhook; readonly now: number }) {
  const { description, disabledReason, updatedAt } = webhook;
  return (
    <>
      <p class="lead about">
        <WebhookState webhook={webhook} />
        {description !== null && <bdi>{description}</bdi>}
        <span>
          Updated <Ago at={updatedAt} now={now} />
        </span>
      </p>
      {disabledReason !== null && (
        <p class="notice trouble">
          Disabled by the platform: <bdi>{disabledReason}</bdi>. Fix the receiver, then enable the webhook.
        </p>
      )}
    </>
  );
}

interface FormProps {
  readonly webhook: Webhook;
  readonly viewing: Viewing;
}

function Operations({ webhook: { team, id, enabled }, viewing }: FormProps) {
  return (
    <ActionForm action="change-webhook" params={{ team, id }} viewing={viewing} class="button-row actions">
      <button type="submit" name="change" value="test" class="primary">
        Send test delivery
      </button>
      <button type="submit" name="change" value={enabled ? "disable" : "enable"}>
        {enabled ? "Disable webhook" : "Enable webhook"}
      </button>
    </ActionForm>
  );
}

function EditForm({ webhook, viewing }: FormProps) {
  const { team, id, updatedAt } = webhook;
  const { formErrors } = viewing;
  const rejected = formErrors?.action === "change-webhook" ? formErrors : undefined;
  return (
    <section>
      <ActionForm action="change-webhook" params={{ team, id }} viewing={viewing} class="panel stack">
        <h2>Settings</h2>
        <input type="hidden" name="base" value={updatedAt} autocomplete="off" />
        <WebhookFields
          field={fieldsOf("change-webhook", formErrors)}
          webhook={webhook}
          chosen={rejected && (rejected.values.events ?? [])}
        />
        <button type="submit" name="change" value="save">
          Save webhook
        </button>
      </ActionForm>
    </section>
  );
}

function Secret({ webhook: { team, id, previousSecretUntil }, viewing }: FormProps) {
  const both = previousSecretUntil !== null && previousSecretUntil > viewing.now;
  return (
    <details class="fold" id="secret">
      <summary>Rotate or delete</summary>
      <ActionForm action="change-webhook" params={{ team, id }} viewing={viewing} class="stack">
        <p class="hint">
          {both ? (
            <>
              The previous secret also signs until <Moment at={previousSecretUntil} />.
            </>
          ) : (
            "After a rotation, the previous secret also signs for 24 hours."
          )}{" "}
          A deleted webhook receives nothing more, and its deliveries are no longer listed here.
        </p>
        <div class="button-row">
          <button type="submit" name="change" value="rotate">
            Rotate secret
          </button>
          <button type="submit" name="change" value="delete" class="danger">
            Delete webhook
          </button>
        </div>
      </ActionForm>
    </details>
  );
}
