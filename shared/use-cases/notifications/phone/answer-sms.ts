import { phoneNumbersOf } from "../../../channels/address.ts";
import { limits } from "../../../domain/limits.ts";
import { clip } from "../../../domain/text/clip.ts";
import type { PhoneStore, UserStore } from "../../ports/access.ts";
import type { Ulid } from "../../ports/system.ts";
import { type RunCommandDeps, runCommand } from "../run-command.ts";

export interface AnswerSmsDeps extends RunCommandDeps {
  readonly phones: PhoneStore;
  readonly users: Pick<UserStore, "find" | "findAll" | "put">;
  /** Handles a message and stores the answer. A repeat gets the stored one, or is handled again with the same time and IDs. */
  readonly once: (handle: (at: number, ulid: Ulid) => Promise<string>) => Promise<string>;
}

interface IncomingSms {
  /** ID of the message at the provider. */
  readonly id: string;
  readonly from: string;
  readonly text: string;
  /** Set if the sender wants no more messages, or again. */
  readonly optOut: "stop" | "start" | null;
}

/**
 * Returns the person who answers from a number: its owner, as long as their record has it. Undefined for anyone else, who
 * must learn nothing.
 */
export async function findSender(
  { phones, users }: Pick<AnswerSmsDeps, "phones" | "users">,
  number: string,
): Promise<string | undefined> {
  const { owner } = await phones.find(number);
  const user = owner === undefined ? undefined : await users.find(owner);
  return user && phoneNumbersOf(user.contactMethods).includes(number) ? user.email : undefined;
}

/** Providers do not repeat incoming messages, so the sender has to. */
const notDone = "No action taken. Try again, or use the link.";

/**
 * Executes a text message once and returns the text to answer with, which may be empty. Anyone can stop and restart
 * messages to their number, but only people who are known get an answer. If it fails, no answer is stored.
 */
export async function answerSms(deps: AnswerSmsDeps, message: IncomingSms): Promise<string> {
  const person = await findSender(deps, message.from);
  if (person === undefined && message.optOut === null) return "";
  const done: { answer?: string } = {};
  try {
    return await deps.once(async (at, ulid) => {
      const answer = await execute({ ...deps, ulid }, person, message, at);
      done.answer = person === undefined ? "" : clip(answer, limits.smsLength);
      return done.answer;
    });
  } catch (error) {
    deps.log.error("a text message failed", { message_id: message.id, error });
    return done.answer ?? (person === undefined ? "" : notDone);
  }
}

/** STOP needs no answer: the carrier would not deliver it. */
async function execute(
  deps: RunCommandDeps & Pick<AnswerSmsDeps, "phones">,
  person: string | undefined,
  { id: messageId, from, text, optOut }: IncomingSms,
  now: number,
): Promise<string> {
  if (optOut === "stop") {
    await deps.phones.stop(from, now);
    return "";
  }
  if (optOut === "start") {
    await deps.phones.restart(from);
    return "Text messages to this number have resumed. Reply STOP to stop them.";
  }
  return person === undefined
    ? ""
    : runCommand(deps, { person, text, channel: "sms", address: from, messageId }, now);
}
