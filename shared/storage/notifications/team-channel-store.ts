import * as z from "zod";
import { redactedMethod } from "../../channels/address.ts";
import { announcedEvents, type TeamChannel } from "../../domain/notifications/team-channel.ts";
import type { TeamChannelStore } from "../../use-cases/ports/notifications.ts";
import { contactMethodSchema } from "../access/contact-method-schema.ts";
import { audited } from "../audited-table.ts";
import { isVersion, orStale } from "../conditional-write.ts";
import { entity } from "../entity.ts";
import { keys } from "../keys.ts";
import type { Table } from "../table.ts";

interface TeamChannels {
  readonly team: string;
  readonly channels: readonly TeamChannel[];
  readonly version: number;
}

export const teamChannelsEntity = entity<TeamChannels>({
  name: "team channels",
  schema: z.object({
    team: z.string(),
    channels: z.array(contactMethodSchema.extend({ events: z.array(z.enum(announcedEvents)) })),
    version: z.number().default(0),
  }),
  key: ({ team }) => keys.teamChannels(team),
});

export const auditedTeamChannels = audited(
  teamChannelsEntity,
  "team_channels",
  ({ team }) => team,
  ({ team, channels }) => ({ team, channels: channels.map(redactedMethod) }),
);

export function teamChannelStore(table: Table): TeamChannelStore {
  const load: TeamChannelStore["load"] = async (team) => {
    const item = await table.get(keys.teamChannels(team));
    return item ? teamChannelsEntity.parse(item) : { channels: [], version: 0 };
  };
  return {
    load,
    find: async (team) => (await load(team)).channels,
    async put(team, channels, version = 0) {
      const item = teamChannelsEntity.toItem({ team, channels, version: version + 1 });
      await orStale(`The channels of ${team}`, table.put({ item, condition: isVersion(version) }));
    },
  };
}
