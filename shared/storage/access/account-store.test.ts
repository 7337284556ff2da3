import { expect, test } from "vitest";
import { anAccount, monday } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { withEmail, withoutFormerEmail } from "../../domain/access/account.ts";
import { accountStore } from "./account-store.ts";

const shared = "shared@example.com";

/** Ada had an address before Bob, and now neither has it. */
async function twoFormerOwners() {
  const accounts = accountStore(memoryTable(() => monday));
  const had = async (id: string, email: string) => {
    const account = anAccount({ id, email: shared, identity: null });
    await accounts.create(account);
    return accounts.replace(account, withEmail(account, email));
  };
  const ada = await had("acc_ada", "ada@example.com");
  const bob = await had("acc_bob", "bob@example.com");
  return { accounts, ada, bob };
}

test("a former email leads to the last account that had it, also after the one before loses it", async () => {
  const { accounts, ada, bob } = await twoFormerOwners();
  const without = await accounts.replace(ada, withoutFormerEmail(ada, shared));
  expect(await accounts.findByAnyEmail(shared)).toEqual(bob);
  await accounts.remove(without);
  expect(await accounts.findByAnyEmail(shared)).toEqual(bob);
});

test("a former email leads to no account after the last one that had it is removed", async () => {
  const { accounts, ada, bob } = await twoFormerOwners();
  await accounts.remove(ada);
  expect(await accounts.findByAnyEmail(shared)).toEqual(bob);
  await accounts.remove(bob);
  expect(await accounts.findByAnyEmail(shared)).toBeUndefined();
});
