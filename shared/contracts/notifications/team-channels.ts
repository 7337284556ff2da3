import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { announcedEvents, defaultEvents, type TeamChannel } from "../../domain/notifications/team-channel.ts";
import {
  contactMethodResource,
  contactMethodShape,
  presentContactMethod,
  refuseRepeatedMethods,
  withAddress,
} from "../access/contact-method.ts";

const events = z
  .array(z.enum(announcedEvents))
  .max(2 * announcedEvents.length)
  .transform((wanted) => announcedEvents.filter((event) => wanted.includes(event)))
  .default([...defaultEvents])
  .meta({ description: "Events that notify the channel. Default: all but `noted`." });

export const teamChannelsInput = z.strictObject({
  channels: z
    .array(z.strictObject({ ...contactMethodShape, events }).transform(withAddress))
    .max(limits.teamChannels)
    .superRefine(refuseRepeatedMethods),
});

export const teamChannelsResource = z
  .object({
    team: z.string(),
    channels: z.array(contactMethodResource.extend({ events: z.array(z.enum(announcedEvents)) })),
  })
  .meta({ id: "TeamChannels" });

export function presentTeamChannels(
  team: string,
  channels: readonly TeamChannel[],
): z.input<typeof teamChannelsResource> {
  return {
    team,
    channels: channels.map((channel) => ({
      ...presentContactMethod(channel),
      events: [...channel.events],
    })),
  };
}
