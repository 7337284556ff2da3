import * as z from "zod";
import { redactedMethod } from "../domain/address.ts";
import { announcedEvents, type TeamChannel } from "../domain/team-channel.ts";
import type { TeamChannelStore } from "../use-cases/ports.ts";
import { audited } from "./audited-table.ts";
import { contactMethodSchema } from "./contact-method-schema.ts";
import { entity } from "./entity.ts";
import { keys } from "./keys.ts";
import type { Table } from "./table.ts";

interface TeamChannels {
  readonly team: string;
  readonly channels: readonly TeamChannel[];
}

export const teamChannelsEntity = entity<TeamChannels>({
  name: "team channels",
  schema: z.object({
    team: z.string(),
    channels: z.array(contactMethodSchema.extend({ events: z.array(z.enum(announcedEvents)) })),
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
  return {
    async find(team) {
      const item = await table.get(keys.teamChannels(team));
      return item ? teamChannelsEntity.parse(item).channels : [];
    },
    put: (team, channels) => table.put({ item: teamChannelsEntity.toItem({ team, channels }) }),
  };
}
