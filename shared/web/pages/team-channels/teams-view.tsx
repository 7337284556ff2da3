import type { TeamChannel } from "../../../domain/notifications/team-channel.ts";
import { ContactMethodText } from "../../components/contact-methods.tsx";
import { ListPages } from "../../components/list-pages.tsx";
import { SettingsTabs } from "../../components/settings-tabs.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface TeamsChannelsViewProps extends Viewing {
  readonly teams: readonly { readonly team: string; readonly channels: readonly TeamChannel[] }[];
  readonly first: boolean;
  readonly next: string | null;
}

/** Teams with their notification channels. */
export function TeamsChannelsView({ teams, first, next }: TeamsChannelsViewProps) {
  return (
    <>
      <SettingsTabs page="team-channels" />
      <h1>Team channels</h1>
      <p class="lead">Where a whole team hears what becomes of its incidents, besides whoever is paged.</p>
      <div class="columns">
        <div>
          {teams.length === 0 ? (
            <p class="empty">No team has a schedule yet. Any team can have channels all the same.</p>
          ) : (
            <ul class="items">
              {teams.map(({ team, channels }) => (
                <li class="item">
                  <a class="name" href={pageHref("team-channels", { team })}>
                    <bdi>{team}</bdi>
                  </a>
                  {channels.length === 0 ? (
                    <span class="quiet">none yet</span>
                  ) : (
                    <ul class="ways">
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
            <h2>Another team</h2>
            <label for="team">Team</label>
            <input id="team" name="team" required maxlength={255} aria-describedby="team-hint" />
            <p class="hint" id="team-hint">
              Those with a schedule are listed; services can belong to others as well.
            </p>
            <button type="submit">Show its channels</button>
          </form>
        </section>
      </div>
    </>
  );
}
