import { phoneNumbersOf } from "../../../channels/address.ts";
import type { PhoneStore, UserStore } from "../../ports/access.ts";
import { type RunCommandDeps, runCommand } from "../run-command.ts";

export interface AnswerSmsDeps extends RunCommandDeps {
  readonly phones: PhoneStore;
  readonly users: Pick<UserStore, "find" | "findAll">;
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

/**
 * Executes a person's text message and returns the text to answer with, which may be empty. STOP needs no answer: the
 * carrier would not deliver it.
 *
 * @throws Unavailable if too many events of an incident are pending
 */
export async function answerSms(
  deps: AnswerSmsDeps,
  person: string,
  { id: messageId, from, text, optOut }: IncomingSms,
  now: number,
): Promise<string> {
  switch (optOut) {
    case "stop":
      await deps.phones.stop(from, now);
      return "";
    case "start":
      await deps.phones.restart(from);
      return "Text messages to this number are on again. Reply STOP to end them.";
    case null:
      return runCommand(deps, { person, text, channel: "sms", messageId }, now);
  }
}
