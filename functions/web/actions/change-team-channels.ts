import * as z from "zod";
import { contactMethodShape, refuseUnfitAddress } from "../../../shared/contracts/access/contact-method.ts";
import { id, teamName } from "../../../shared/contracts/fields.ts";
import { announcedEvents } from "../../../shared/domain/notifications/team-channel.ts";
import { action } from "../../../shared/http/site.ts";
import { apart } from "../../../shared/pages/answer-words.ts";
import { notifyDeps } from "../../../shared/runtime/deps.ts";
import { teamChannels } from "../../../shared/runtime/stores.ts";
import { existing } from "../../../shared/use-cases/existing.ts";
import { sendTestMessage } from "../../../shared/use-cases/notifications/send-test-message.ts";
import { addTeamChannel, removeTeamChannel } from "../../../shared/use-cases/notifications/team-channels.ts";

const { channel, address } = contactMethodShape;
const events = z.array(z.enum(announcedEvents)).min(1, "must have at least one that it hears of");

const form = z.discriminatedUnion("change", [
  z
    .object({ change: z.literal("add"), team: teamName, channel, address, events })
    .superRefine(refuseUnfitAddress),
  z.object({ change: z.literal("remove"), team: teamName, id }),
  z.object({ change: z.literal("test"), team: teamName, id }),
]);

export const changeTeamChannelsAction = action(
  "change-team-channels",
  { form, faultsInPlace: true },
  async ({ form, actor, now, ulid, back }) => {
    const deps = { teamChannels: teamChannels() };
    const done = (text: string) => ({ to: back, flash: { kind: "done", text } as const });
    switch (form.change) {
      case "add": {
        const { change: _, team, ...added } = form;
        await addTeamChannel(deps, team, added);
        return done(`Added ${form.channel}.`);
      }
      case "remove":
        await removeTeamChannel(deps, form.team, form.id);
        return done(`Removed ${apart(form.id)}.`);
      case "test": {
        const found = (await teamChannels().find(form.team)).find((each) => each.id === form.id);
        const method = existing(found, "channel", form.id);
        await sendTestMessage({ ...notifyDeps(), ulid }, form.team, method, actor, now);
        return done(`A test is on its way to ${apart(form.id)}.`);
      }
    }
  },
);
