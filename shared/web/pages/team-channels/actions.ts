import * as z from "zod";
import { redactedAddress } from "../../../channels/address.ts";
import { contactMethodShape, refuseUnfitAddress } from "../../../contracts/access/contact-method.ts";
import { id, teamName } from "../../../contracts/fields.ts";
import { NotFound } from "../../../domain/errors.ts";
import { announcedEvents } from "../../../domain/notifications/team-channel.ts";
import type { sendTestMessage } from "../../../use-cases/notifications/send-test-message.ts";
import type { addTeamChannel } from "../../../use-cases/notifications/team-channels/add-team-channel.ts";
import type { removeTeamChannel } from "../../../use-cases/notifications/team-channels/remove-team-channel.ts";
import type { TeamChannelStore } from "../../../use-cases/ports/notifications.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

const { channel, address } = contactMethodShape;
const events = z.array(z.enum(announcedEvents)).min(1, "select at least one");

const form = z.discriminatedUnion("change", [
  z
    .object({ change: z.literal("add"), team: teamName, channel, address, events })
    .superRefine(refuseUnfitAddress),
  z.object({ change: z.literal("remove"), team: teamName, id }),
  z.object({ change: z.literal("test"), team: teamName, id }),
]);

interface TestUseCases {
  readonly sendTestMessage: Wired<typeof sendTestMessage>;
}

export const sendTestNotificationAction = action(
  {
    right: "manage",
    form: z.object({ channel, address }).superRefine(refuseUnfitAddress),
    errorsInPlace: true,
  },
  async ({ form, actor, now }, { sendTestMessage }: TestUseCases) => {
    const recipient = redactedAddress(form.channel, form.address);
    const { id } = await sendTestMessage(recipient, form, actor, now);
    return { to: pageHref("notification", { id }), flash: done("Sending a test notification.") };
  },
);

interface UseCases {
  readonly addTeamChannel: Wired<typeof addTeamChannel>;
  readonly removeTeamChannel: Wired<typeof removeTeamChannel>;
  readonly findTeamChannels: TeamChannelStore["find"];
  readonly sendTestMessage: Wired<typeof sendTestMessage>;
}

export const changeTeamChannelsAction = action(
  { right: "manage", team: "form", form, errorsInPlace: true },
  async ({ form, actor, now, back: to }, useCases: UseCases) => {
    switch (form.change) {
      case "add": {
        const { change: _, team, ...added } = form;
        await useCases.addTeamChannel(team, added);
        return { to, flash: done("Added a channel.") };
      }
      case "remove":
        await useCases.removeTeamChannel(form.team, form.id);
        return { to, flash: done(`Removed ${isolate(form.id)}.`) };
      case "test": {
        const channels = await useCases.findTeamChannels(form.team);
        const method = channels.find((each) => each.id === form.id);
        if (!method) throw new NotFound("channel", form.id);
        await useCases.sendTestMessage(form.team, method, actor, now);
        return { to, flash: done(`Sending a test message to ${isolate(form.id)}.`) };
      }
    }
  },
);
