import { receiveSlackActionContract } from "../../shared/contracts/notifications/receive-slack-action.ts";
import { readSlackPress } from "../../shared/contracts/notifications/slack-press.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { admitSlack, slackDeps } from "../../shared/runtime/slack.ts";
import { answerInSlack } from "../../shared/use-cases/notifications/answer-in-slack.ts";

export const handler = openEndpoint(receiveSlackActionContract, async ({ body, headers, now }) => {
  await admitSlack(headers, body, now);
  const press = readSlackPress(body);
  if (press) await answerInSlack(slackDeps(), press, now);
  return new Response(null);
});
