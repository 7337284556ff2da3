import { channelNamed, channelNames } from "../../../channels/registry.ts";
import { ContactMethodFields } from "../../components/contact-methods.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import type { Viewing } from "../../site/viewer.ts";

/** Channels of this release: those that are set up, and the setting that the others lack. */
export function ChannelStates({ configured }: { readonly configured: readonly string[] }) {
  return (
    <section>
      <table class="stacked channel-states">
        <thead>
          <tr>
            <th scope="col">Channel</th>
            <th scope="col">Status</th>
            <th scope="col">Addresses</th>
          </tr>
        </thead>
        <tbody>
          {channelNames.map((name) => {
            const { label = name, addresses, setting } = channelNamed(name) ?? {};
            return (
              <tr>
                <th scope="row">{label}</th>
                <td data-name="Status">
                  <State setting={setting} isSet={configured.includes(name)} name={name} />
                </td>
                <td class="quiet" data-name="Addresses">
                  {addresses?.hint}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function State({
  name,
  setting,
  isSet,
}: {
  readonly name: string;
  readonly setting: string | undefined;
  readonly isSet: boolean;
}) {
  if (name === "console") return <span class="delivery simulated">Printed to the console</span>;
  if (setting === undefined || isSet)
    return (
      <span class="delivery sent">
        <span aria-hidden="true">✓</span> Configured
      </span>
    );
  return (
    <>
      <span class="delivery simulated">
        <span aria-hidden="true">▷</span> Not configured
      </span>
      <p class="quiet">
        Set <code>{setting}</code>. Until then, messages are printed to the console.
      </p>
    </>
  );
}

/** The form that sends a test notification to any destination. */
export function TestForm({ viewing }: { readonly viewing: Viewing }) {
  return (
    <section>
      <ActionForm action="send-test-notification" viewing={viewing} class="panel">
        <h2>Test a channel</h2>
        <ContactMethodFields field={fieldsOf("send-test-notification", viewing.formErrors)} />
        <button type="submit" class="primary">
          Send test notification
        </button>
      </ActionForm>
    </section>
  );
}
