import { receiveSlackActionContract } from "../../shared/contracts/notifications/receive-slack-action.ts";
import { readSlackAction } from "../../shared/contracts/notifications/slack/slack-action.ts";
import { readSlackCommand } from "../../shared/contracts/notifications/slack/slack-command.ts";
import { readSlackEvent } from "../../shared/contracts/notifications/slack/slack-event.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import {
  admitSlack,
  answerAction,
  answerCommand,
  takeThreadMessage,
} from "../../shared/runtime/inbound/slack.ts";

export const handler = openEndpoint(receiveSlackActionContract, async ({ body, headers, now }) => {
  await admitSlack(headers, body, now);
  const event = readSlackEvent(body);
  if (event?.kind === "challenge") return Response.json({ challenge: event.challenge });
  if (event?.kind === "thread_message") await takeThreadMessage(event, now);
  if (event) return new Response(null);
  const command = readSlackCommand(body);
  if (command) return Response.json({ response_type: "ephemeral", text: await answerCommand(command, now) });
  const action = readSlackAction(body);
  if (action) await answerAction(action, now);
  return new Response(null);
});
