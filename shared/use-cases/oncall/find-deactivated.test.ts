import { expect, test } from "vitest";
import { anAccount, monday } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { deactivated, withEmail } from "../../domain/access/account.ts";
import { accountStore } from "../../storage/access/account-store.ts";
import { findDeactivated } from "./find-deactivated.ts";

test("people are deactivated also under the address that schedules still name", async () => {
  const accounts = accountStore(memoryTable(() => monday));
  const former = anAccount({ email: "ada@example.com" });
  await accounts.create(former);
  const renamed = await accounts.replace(former, withEmail(former, "ada.king@example.com"));
  const emails = ["ada@example.com", "ada.king@example.com", "unknown@example.com"];
  expect(await findDeactivated({ accounts }, emails)).toEqual(new Set());
  await accounts.replace(renamed, deactivated(renamed, monday));
  expect(await findDeactivated({ accounts }, emails)).toEqual(new Set(emails.slice(0, 2)));
});
