import { expect, test } from "vitest";
import { anAccount, monday, seconds } from "../../../../tests/support/builders.ts";
import type { Account, PersonSession } from "../../../domain/access/account.ts";
import { personCache } from "./person-cache.ts";

const signedIn = anAccount({ signedInAt: monday });
const { id: accountId, identity } = signedIn;
if (!identity) throw new Error("The account has no identity");
const session: PersonSession = { accountId, identity, id: "s", providerSessionId: null, issuedAt: monday };

/** A cache over an account whose cheap reads return `stale`. */
function aCache(stale: Account | undefined) {
  const reads: string[] = [];
  const state = { now: monday + 1, stale, latest: signedIn };
  const accountOf = personCache({
    clock: () => state.now,
    accounts: {
      async find(_, options) {
        reads.push(options?.stale ? "stale" : "latest");
        return options?.stale ? state.stale : state.latest;
      },
    },
  });
  return { accountOf, reads, state };
}

test("an account takes one cheap read in 30 seconds, even if many pages are opened", async () => {
  const { accountOf, reads, state } = aCache(signedIn);
  for (let count = 0; count < 3; count += 1) expect(await accountOf(session)).toEqual(signedIn);
  expect(reads).toEqual(["stale"]);
  state.now += seconds(30);
  await accountOf(session);
  expect(reads).toEqual(["stale", "stale"]);
});

test.each([
  ["does not have the account yet", undefined],
  ["has the account without this sign-in", anAccount({ signedInAt: monday - 1, active: false })],
  ["has the account without any sign-in", anAccount({ signedInAt: null })],
])("a sign-in works at once, although a cheap read %s", async (_, stale) => {
  const { accountOf, reads } = aCache(stale);
  for (let count = 0; count < 2; count += 1) expect(await accountOf(session)).toEqual(signedIn);
  expect(reads).toEqual(["stale", "latest"]);
});

test("a session ends within 30 seconds after the account says so", async () => {
  const { accountOf, state } = aCache(signedIn);
  await accountOf(session);
  state.stale = anAccount({ signedInAt: monday, sessionsEndBefore: monday + 1 });
  expect(await accountOf(session)).toEqual(signedIn);
  state.now += seconds(30);
  expect(await accountOf(session)).toBeUndefined();
});
