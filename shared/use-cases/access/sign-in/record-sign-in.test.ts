import { expect, test } from "vitest";
import { anAccount, aUser, countingUlids, monday } from "../../../../tests/support/builders.ts";
import { crashingTable } from "../../../../tests/support/memory/crashing-table.ts";
import { memoryTable } from "../../../../tests/support/memory/memory-table.ts";
import { accountStore } from "../../../storage/access/account-store.ts";
import { userStore } from "../../../storage/access/user-store.ts";
import { recordSignIn } from "./record-sign-in.ts";

const identity = { issuer: "https://id.example.com", subject: "1" };
const renamed = { identity, email: "ada.king@example.com", name: "Ada King", groups: [], idToken: "" };
const contactMethods = [{ id: "phone", channel: "sms", address: "+4915112345678", verifiedAt: monday }];

/** A platform on which Ada signed in under another address, and a process that ends after some writes. */
async function setUp() {
  const { table, writes } = crashingTable(memoryTable(() => monday));
  const deps = { accounts: accountStore(table), users: userStore(table), ulid: countingUlids() };
  await deps.accounts.create(anAccount({ identity }));
  await deps.users.put(aUser({ email: "ada@example.com", contactMethods }));
  return { deps, writes };
}

test.each([0, 1])(
  "a changed address has the contact methods, although a sign-in crashed after %i writes",
  async (count) => {
    const { deps, writes } = await setUp();
    writes.left = count;
    await expect(recordSignIn(deps, renamed, monday)).rejects.toThrow("The process crashed");
    writes.left = Number.POSITIVE_INFINITY;
    const { account, formerEmail } = await recordSignIn(deps, renamed, monday);
    expect([account.email, formerEmail]).toEqual([renamed.email, "ada@example.com"]);
    expect(await deps.users.find(renamed.email)).toMatchObject({ name: "Ada King", contactMethods });
    expect(await deps.accounts.findByEmail("ada@example.com")).toBeUndefined();
    expect(await deps.accounts.findByAnyEmail("ada@example.com")).toEqual(account);
  },
);
