import type { User } from "../../../domain/access/contact.ts";
import { limits } from "../../../domain/limits.ts";
import { Copyable } from "../../components/copyable.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import type { Viewing } from "../../site/viewer.ts";

export interface TelegramBot {
  /** User name of the bot. */
  readonly bot: string;
  /** A new code; null if none was asked for. */
  readonly code: string | null;
}

/** Links a Telegram account: a button that creates a code, and the code. */
export function TelegramLink({
  user: { email },
  telegram: { bot, code },
  ...viewing
}: Viewing & { readonly user: User; readonly telegram: TelegramBot }) {
  return (
    <section id="telegram">
      <h2>Telegram</h2>
      {code === null ? (
        <ActionForm action="change-user" params={{ email }} viewing={viewing} class="panel stack">
          <p class="hint">
            Adds a Telegram account as a contact method. Its owner can acknowledge, resolve and escalate
            incidents in the chat.
          </p>
          <button type="submit" name="change" value="link_telegram">
            Link Telegram account
          </button>
        </ActionForm>
      ) : (
        <div class="panel">
          <p>
            <a
              href={`https://t.me/${encodeURIComponent(bot)}?start=${code}`}
              rel="noreferrer"
              target="_blank"
            >
              Open the bot in Telegram
            </a>{" "}
            and press Start, or send it this message within {limits.linkCodeSeconds / 60} minutes. The first
            account that sends it is linked.
          </p>
          <Copyable id="telegram-code" text={`/start ${code}`} />
        </div>
      )}
    </section>
  );
}
