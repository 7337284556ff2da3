import { phoneNumbersOf } from "../../../channels/address.ts";
import { userParams } from "../../../contracts/access/user.ts";
import { NotFound } from "../../../domain/errors.ts";
import type { findUser } from "../../../use-cases/access/find-user.ts";

import type { PhoneStore, PushDeviceStore, ReachabilityStore } from "../../../use-cases/ports/access.ts";

import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { UnfinishedForgetting } from "./forget.tsx";
import { NoUser } from "./no-user.tsx";
import { UserView } from "./view.tsx";

interface UseCases {
  readonly findUser: Wired<typeof findUser>;
  /** Returns true if the erasure of this person's data is unfinished. */
  readonly isBeingForgotten: (email: string) => Promise<boolean>;
  /** User name of the Telegram bot; empty for none. */
  readonly telegramBot: () => string;
  readonly stoppedNumbers: PhoneStore["stopped"];
  readonly pushKey: () => string | null;
  readonly loadPushDevices: PushDeviceStore["load"];
  readonly loadReachability: ReachabilityStore["load"];
}

export const userPage = page(
  { params: userParams },
  async ({ params: { email }, newSecret, ...viewing }, useCases: UseCases) => {
    const { findUser, loadPushDevices, loadReachability, stoppedNumbers, telegramBot } = useCases;
    const key = useCases.pushKey();
    const [user, known, reachability] = await Promise.all([
      findUser(email).catch((error) => {
        if (error instanceof NotFound) return null;
        throw error;
      }),
      key === null ? null : loadPushDevices(email),
      loadReachability(email),
    ]);
    if (!user) {
      const Missing = (await useCases.isBeingForgotten(email)) ? UnfinishedForgetting : NoUser;
      return { title: "User", content: <Missing {...viewing} email={email} /> };
    }
    const telegram = { bot: telegramBot(), code: newSecret };
    const numbers = phoneNumbersOf(user.contactMethods);
    const stopped = numbers.length === 0 ? new Set<string>() : await stoppedNumbers(numbers);
    const push = key === null || known === null ? null : { key, devices: known.devices };
    return {
      title: user.name,
      content: (
        <UserView
          {...viewing}
          user={user}
          reachability={reachability}
          telegram={telegram}
          stopped={stopped}
          push={push}
        />
      ),
    };
  },
);
