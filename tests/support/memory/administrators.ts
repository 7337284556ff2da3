import { accountStore } from "../../../shared/storage/access/account-store.ts";
import { administratorGuardStore } from "../../../shared/storage/access/administrator-guard-store.ts";
import { apiKeyStore } from "../../../shared/storage/access/api-key-store.ts";
import { roleStore } from "../../../shared/storage/access/role-store.ts";
import type { Table } from "../../../shared/storage/table.ts";

/** Dependencies of changes that may take the right to administer from someone. */
export function administratorDeps(
  table: Table,
  {
    fixed = false,
    signIn = true,
    adminEmails = [],
  }: { readonly fixed?: boolean; readonly signIn?: boolean; readonly adminEmails?: string[] } = {},
) {
  return {
    apiKeys: apiKeyStore(table),
    roles: roleStore(table),
    accounts: accountStore(table),
    administratorGuard: administratorGuardStore(table),
    adminEmails,
    hasFixedAdmin: fixed,
    peopleSignIn: signIn,
  };
}
