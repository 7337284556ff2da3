import { receiveSlackActionContract } from "../../shared/contracts/notifications/receive-slack-action.ts";
import { readSlackAction } from "../../shared/contracts/notifications/slack-action.ts";
import { readSlackCommand } from "../../shared/contracts/notifications/slack-command.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { admitSlack, answerCommand, slackDeps } from "../../shared/runtime/inbound/slack.ts";
import { handleSlackAction } from "../../shared/use-cases/notifications/chat/handle-slack-action.ts";

export const handler = openEndpoint(receiveSlackActionContract, async ({ body, headers, now }) => {
  await admitSlack(headers, body, now);
  const command = readSlackCommand(body);
  if (command) return Response.json({ response_type: "ephemeral", text: await answerCommand(command, now) });
  const action = readSlackAction(body);
  if (action) await handleSlackAction(slackDeps(), action, now);
  return new Response(null);
});
