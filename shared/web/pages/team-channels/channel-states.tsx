import { type channelNamed, channelNames, channels } from "../../../channels/registry.ts";
import { ContactMethodFields } from "../../components/contact-methods.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import type { Viewing } from "../../site/viewer.ts";

/** Channels of this release: those that are configured, and the settings that the others need. */
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
            const channel = channels[name];
            return (
              <tr>
                <th scope="row">{channel.label}</th>
                <td data-name="Status">
                  <State name={name} channel={channel} isConfigured={configured.includes(name)} />
                </td>
                <td class="quiet" data-name="Addresses">
                  {channel.addresses.hint}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

type ChannelDescription = NonNullable<ReturnType<typeof channelNamed>>;

interface StateProps {
  readonly name: string;
  readonly channel: ChannelDescription;
  readonly isConfigured: boolean;
}

function State({ name, channel, isConfigured }: StateProps) {
  if (name === "console") return <span class="delivery simulated">Printed to the console</span>;
  if (channel.setups === undefined || isConfigured)
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
        <NeededSettings {...channel} />
      </p>
    </>
  );
}

function NeededSettings({ setups = [] }: ChannelDescription) {
  const mayFail = setups.some(({ required = [] }) => required.length > 0);
  return (
    <>
      Set{" "}
      {setups.map(({ setting, required = [] }, index) => (
        <>
          {index > 0 && " or "}
          <code>{setting}</code>
          {required.map((name, position) => (
            <>
              {position === required.length - 1 ? " and " : ", "}
              <code>{name}</code>
            </>
          ))}
        </>
      ))}
      . Until then, messages are printed to the console
      {mayFail && ", or fail if only some of these are set"}.
    </>
  );
}

/** The form that sends a test notification to any destination. */
export function TestForm({ viewing }: { readonly viewing: Viewing }) {
  return (
    <section>
      <ActionForm action="send-test-notification" viewing={viewing} class="panel">
        <h2>Channel test</h2>
        <ContactMethodFields field={fieldsOf("send-test-notification", viewing.formErrors)} />
        <button type="submit" class="primary">
          Send test notification
        </button>
      </ActionForm>
    </section>
  );
}
