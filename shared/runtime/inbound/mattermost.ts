import {
  type readMattermostAction,
  readSignedAction,
} from "../../contracts/notifications/mattermost-action.ts";
import { escapeMarkdown } from "../../domain/notifications/markdown-text.ts";
import { handleOnce } from "../../http/idempotency.ts";
import { openAction } from "../../http/mattermost/action-token.ts";
import { idempotencyStore } from "../../storage/idempotency-store.ts";
import { respondInChat } from "../../use-cases/notifications/chat/respond-in-chat.ts";
import { pageHref } from "../../web/site/routes.ts";
import { answerAs } from "../access/answers.ts";
import { linkConfig } from "../config.ts";
import { changeDeps } from "../deps.ts";
import { loadSecrets } from "../secrets.ts";
import { ulid } from "../system.ts";
import { table } from "../table.ts";

/**
 * Executes the action of a button once.
 *
 * @returns the answer in Markdown, which only the person who pressed it sees. If they may not do it here, it leads to the
 *   page on which they can sign in to do it.
 * @throws Unauthenticated
 */
export async function answerMattermost(
  { id, actor, token }: NonNullable<ReturnType<typeof readMattermostAction>>,
  now: number,
): Promise<string> {
  await loadSecrets(["SIGNING_SECRET"]);
  const pressed = readSignedAction(openAction(token, linkConfig().SIGNING_SECRET, now));
  if (!pressed) return "This button is not supported anymore.";
  const seed = ulid(now);
  const once = { owner: "mattermost", key: id ?? seed, body: `${actor} ${token}`, now, seed };
  const { body } = await handleOnce(idempotencyStore(table()), once, async (at, seeded) => {
    const deps = { ...changeDeps(), answerAs, ulid: seeded };
    const button = { ...pressed, actor, isUnknown: true, via: "Mattermost" };
    const { text, isDenied } = await respondInChat(deps, button, at);
    const link = isDenied ? ` [Open the incident](${incidentUrl(pressed.incidentId)})` : "";
    return { status: 200, body: escapeMarkdown(text) + link, location: null };
  });
  return body;
}

function incidentUrl(id: string): string {
  return linkConfig().PUBLIC_URL + pageHref("incident", { id });
}
