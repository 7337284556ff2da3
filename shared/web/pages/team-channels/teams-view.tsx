import type { TeamChannel } from "../../../domain/notifications/team-channel.ts";
import { ContactMethodText } from "../../components/contact-methods.tsx";
import { plainField } from "../../components/forms/field-state.ts";
import { TextField } from "../../components/forms/fields.tsx";
import { ListPages } from "../../components/navigation/list-pages.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { ChannelStates, TestForm } from "./channel-states.tsx";

interface TeamsChannelsViewProps extends Viewing {
  /** Names of the channels that are set up. */
  readonly configured: readonly string[];
  readonly teams: readonly { readonly team: string; readonly channels: readonly TeamChannel[] }[];
  readonly first: boolean;
  readonly next: string | null;
}

/** Channels of the platform with their state, and notification channels of all teams. */
export function TeamsChannelsView({ configured, teams, first, next, ...viewing }: TeamsChannelsViewProps) {
  return (
    <>
      <SettingsTabs page="team-channels" viewer={viewing.viewer} />
      <h1>Channels</h1>
      <p class="lead">
        How people and teams are notified. A channel without a provider prints its messages to the console.
      </p>
      <div class="columns wide-first">
        <ChannelStates configured={configured} />
        {viewing.viewer.may("manage", { team: null }) && <TestForm viewing={viewing} />}
      </div>
      <h2>Team channels</h2>
      <p class="lead">
        Channels that are notified about the incidents of a team, in addition to the people paged.
      </p>
      <div class="columns">
        <div>
          {teams.length === 0 ? (
            <p class="empty">No teams with a schedule yet. Enter a team name to add channels.</p>
          ) : (
            <ul class="items">
              {teams.map(({ team, channels }) => (
                <li class="item">
                  <a class="name" href={pageHref("team-channels", { team })}>
                    <bdi>{team}</bdi>
                  </a>
                  {channels.length === 0 ? (
                    <span class="quiet">No channels</span>
                  ) : (
                    <ul class="contact-methods">
                      {channels.map((channel) => (
                        <li>
                          <ContactMethodText method={channel} />
                        </li>
                      ))}
                    </ul>
                  )}
                </li>
              ))}
            </ul>
          )}
          <ListPages page="team-channels" first={first} next={next} />
        </div>
        <section>
          <form method="get" action={pageHref("team-channels")} class="panel stack">
            <h2>Other teams</h2>
            <TextField
              field={plainField("team")}
              label="Team"
              hint="Only teams with a schedule are listed."
              required
              maxlength={255}
            />
            <button type="submit">View channels</button>
          </form>
        </section>
      </div>
    </>
  );
}
