import * as z from "zod";
import { redactedMethod } from "../../channels/address.ts";
import { announcedEvents, type TeamChannel } from "../../domain/notifications/team-channel.ts";
import type { TeamChannelStore } from "../../use-cases/ports/notifications.ts";
import { contactMethodSchema } from "../access/contact-method-schema.ts";
import { audited } from "../audited-table.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
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
  const store = entityStore(table, teamChannelsEntity, {
    label: ({ team }) => `The channels of ${team}`,
    startsMissing: true,
  });
  const load: TeamChannelStore["load"] = async (team) =>
    (await store.find(keys.teamChannels(team))) ?? { channels: [], version: 0 };
  return {
    load,
    find: async (team) => (await load(team)).channels,
    async put(team, channels, version = 0) {
      const next = { team, channels, version };
      await store.replace(next, next);
    },
  };
}
