import { phoneNumbersOf } from "../../../channels/address.ts";
import { userParams } from "../../../contracts/access/user.ts";
import type { findUser } from "../../../use-cases/access/find-user.ts";
import type { PhoneStore } from "../../../use-cases/ports/access.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { UserView } from "./view.tsx";

interface UseCases {
  readonly findUser: Wired<typeof findUser>;
  /** User name of the Telegram bot; empty for none. */
  readonly telegramBot: () => string;
  readonly stoppedNumbers: PhoneStore["stopped"];
}

export const userPage = page(
  { params: userParams },
  async ({ params, newSecret, ...viewing }, { findUser, telegramBot, stoppedNumbers }: UseCases) => {
    const user = await findUser(params.email);
    const telegram = { bot: telegramBot(), code: newSecret };
    const numbers = phoneNumbersOf(user.contactMethods);
    const stopped = numbers.length === 0 ? new Set<string>() : await stoppedNumbers(numbers);
    return {
      title: "User",
      content: <UserView {...viewing} user={user} telegram={telegram} stopped={stopped} />,
    };
  },
);
