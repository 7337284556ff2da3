import type { User } from "../../../domain/access/contact.ts";
import type { PushDevice } from "../../../domain/access/push-device.ts";
import { limits } from "../../../domain/limits.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { FieldFault } from "../../components/forms/fields.tsx";
import { Ago } from "../../components/time.tsx";
import type { Viewing } from "../../site/viewer.ts";

export interface Push {
  /** Public key with which browsers subscribe. */
  readonly key: string;
  readonly devices: readonly PushDevice[];
}

/** Devices that receive pages by push, and a button that adds this one. Only our script can subscribe. */
export function PushDevices({
  user,
  push: { key, devices },
  ...viewing
}: Viewing & { readonly user: User; readonly push: Push }) {
  const { email, contactMethods } = user;
  const mayChange = viewing.viewer.may("profile", { owners: [email] });
  if (devices.length === 0 && !mayChange) return null;
  const method = contactMethods.find(({ channel }) => channel === "push");
  return (
    <section id="push" data-push={key}>
      <h2>Push</h2>
      {devices.length > 0 && (
        <ul class="items">
          {devices.map(({ id, name, createdAt }) => (
            <li class="item" id={id}>
              <div>
                <bdi>{name}</bdi>
                <p class="about">
                  Added <Ago at={createdAt} now={viewing.now} />
                </p>
              </div>
              {mayChange && (
                <ActionForm action="change-user" params={{ email }} viewing={viewing} class="button-row">
                  <input type="hidden" name="device" value={id} />
                  <button
                    type="submit"
                    name="change"
                    value="test_device"
                    aria-label={`Send test to device ${name}`}
                  >
                    Send test
                  </button>
                  <button
                    type="submit"
                    name="change"
                    value="unsubscribe"
                    aria-label={`Remove device ${name}`}
                  >
                    Remove device
                  </button>
                </ActionForm>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && (
        <div class="panel stack">
          <p class="hint">
            Pages reach every device listed here, at no cost. Do Not Disturb and Focus can suppress them, so
            keep another method such as SMS.
          </p>
          {devices.length < limits.pushDevices && (
            <ActionForm action="change-user" params={{ email }} viewing={viewing}>
              <input type="hidden" name="change" value="subscribe" />
              <input type="hidden" name="subscription" value="" autocomplete="off" />
              <button type="button" data-push-enable hidden>
                Enable push in this browser
              </button>
              <FieldFault field={fieldsOf("change-user", viewing.formErrors)("subscription")} />
              <p role="status" data-push-status>
                This browser does not support push. On an iPhone or iPad, add this app to the home screen and
                open it there.
              </p>
            </ActionForm>
          )}
          {method && devices.length > 0 && (
            <ActionForm action="change-user" params={{ email }} viewing={viewing}>
              <input type="hidden" name="method" value={method.id} />
              <button type="submit" name="change" value="test">
                Send test to all devices
              </button>
            </ActionForm>
          )}
        </div>
      )}
    </section>
  );
}
