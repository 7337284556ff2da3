import { receiveSlackActionContract } from "../../shared/contracts/notifications/receive-slack-action.ts";
import { readSlackAction } from "../../shared/contracts/notifications/slack/slack-action.ts";
import { readSlackCommand } from "../../shared/contracts/notifications/slack/slack-command.ts";
import { readSlackEvent } from "../../shared/contracts/notifications/slack/slack-event.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import {
  admitSlack,
  answerAction,
  answerCommand,
  answerStranger,
  isOfMember,
  membersOnly,
  takeThreadMessage,
} from "../../shared/runtime/inbound/slack.ts";

export const handler = openEndpoint(receiveSlackActionContract, async ({ body, headers, now }) => {
  await admitSlack(headers, body, now);
  const event = readSlackEvent(body);
  if (event?.kind === "challenge") return Response.json({ challenge: event.challenge });
  // Slack disables an app whose URL rejects many requests, so those of other workspaces succeed without an effect.
  const isMember = isOfMember(body);
  if (event?.kind === "thread_message" && isMember) await takeThreadMessage(event, now);
  if (event) return new Response(null);
  const command = readSlackCommand(body);
  if (command) {
    const text = isMember ? await answerCommand(command, now) : membersOnly;
    return Response.json({ response_type: "ephemeral", text });
  }
  const action = readSlackAction(body);
  if (action) await (isMember ? answerAction(action, now) : answerStranger(action));
  return new Response(null);
});
