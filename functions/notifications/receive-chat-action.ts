import { readMattermostAction } from "../../shared/contracts/notifications/mattermost-action.ts";
import { receiveChatActionContract } from "../../shared/contracts/notifications/receive-chat-action.ts";
import { Unauthenticated } from "../../shared/http/errors.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { answerMattermost } from "../../shared/runtime/inbound/mattermost.ts";

export const handler = openEndpoint(receiveChatActionContract, async ({ body, now }) => {
  const action = readMattermostAction(body);
  if (!action) throw new Unauthenticated("The button's token is missing or not signed");
  return { body: { ephemeral_text: await answerMattermost(action, now) } };
});
