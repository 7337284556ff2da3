import { limits } from "../../../domain/limits.ts";
import {
  announcedEvents,
  defaultEvents,
  type TeamChannel,
} from "../../../domain/notifications/team-channel.ts";
import { capitalize } from "../../components/capitalize.ts";
import { ContactMethodFields, ContactMethodText, wordsOf } from "../../components/contact-methods.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { FieldFault } from "../../components/forms/fields.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import type { Viewing } from "../../site/viewer.ts";

interface TeamChannelsViewProps extends Viewing {
  readonly team: string;
  readonly channels: readonly TeamChannel[];
}

/** Notification channels of one team, and the form that adds one. */
export function TeamChannelsView({ team, channels, ...viewing }: TeamChannelsViewProps) {
  const mayManage = viewing.viewer.may("manage", { team });
  const field = fieldsOf("change-team-channels", viewing.formErrors);
  const events = field("events");
  return (
    <>
      <SettingsTabs page="team-channels" viewer={viewing.viewer} within />
      <h1>
        <bdi>{team}</bdi>
      </h1>
      <div class="columns">
        <section>
          {channels.length === 0 ? (
            <p class="empty">No channels yet. Only the people paged are notified.</p>
          ) : (
            <ul class="items">
              {channels.map((channel) => (
                <li class="item" id={`channel-${channel.id}`}>
                  <div>
                    <ContactMethodText method={channel} />
                    <p class="about">
                      <bdi>{channel.id}</bdi>
                      <span>Notified when {notifiedWhen(channel)}</span>
                    </p>
                  </div>
                  {mayManage && (
                    <ActionForm action="change-team-channels" viewing={viewing} class="button-row">
                      <input type="hidden" name="team" value={team} />
                      <input type="hidden" name="id" value={channel.id} />
                      <button
                        type="submit"
                        name="change"
                        value="test"
                        aria-label={`Send test to ${wordsOf(channel)}`}
                      >
                        Send test
                      </button>
                      <button
                        type="submit"
                        name="change"
                        value="remove"
                        aria-label={`Remove channel ${wordsOf(channel)}`}
                      >
                        Remove channel
                      </button>
                    </ActionForm>
                  )}
                </li>
              ))}
            </ul>
          )}
        </section>
        {mayManage && channels.length < limits.teamChannels && (
          <section>
            <ActionForm action="change-team-channels" viewing={viewing} class="panel">
              <h2>New channel</h2>
              <input type="hidden" name="team" value={team} />
              <ContactMethodFields field={field} />
              <fieldset class="fields" aria-describedby={events.fault && `${events.id}-fault`}>
                <legend>Notify when</legend>
                {announcedEvents.map((event) => (
                  <label class="check">
                    <input type="checkbox" name="events" value={event} checked={event !== "noted"} />{" "}
                    {capitalize(event)}
                  </label>
                ))}
              </fieldset>
              <FieldFault field={events} />
              <button type="submit" name="change" value="add" class="primary">
                Add channel
              </button>
            </ActionForm>
          </section>
        )}
      </div>
    </>
  );
}

function notifiedWhen({ events }: TeamChannel): string {
  const isAny = defaultEvents.every((event) => events.includes(event));
  if (!isAny) return events.join(", ");
  return events.includes("noted") ? "anything changes, or a note is added" : "anything changes";
}
