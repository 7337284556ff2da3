/** Dependencies of the use cases of API keys, for tools that work on the table. */
import { randomBytes } from "node:crypto";
import { ulid } from "ulid";
import { sha256 } from "../../../shared/crypto/sha256.ts";
import { accountStore } from "../../../shared/storage/access/account-store.ts";
import { administratorGuardStore } from "../../../shared/storage/access/administrator-guard-store.ts";
import { apiKeyStore, auditedApiKey } from "../../../shared/storage/access/api-key-store.ts";
import { roleStore } from "../../../shared/storage/access/role-store.ts";
import { auditedTable } from "../../../shared/storage/audited-table.ts";
import { scheduleStore } from "../../../shared/storage/oncall/schedule-store.ts";
import type { Table } from "../../../shared/storage/table.ts";
import { commandJournal } from "../command-journal.ts";

/** @param actor name in the audit log */
export function keyDeps(table: Table, actor: string, env: NodeJS.ProcessEnv) {
  const journal = commandJournal(actor, env);
  return {
    apiKeys: apiKeyStore(auditedTable(table, [auditedApiKey], journal)),
    roles: roleStore(table),
    schedules: scheduleStore(table),
    // Anyone who can write to the table can create an admin key.
    hasFixedAdmin: true,
    peopleSignIn: false,
    accounts: accountStore(table),
    administratorGuard: administratorGuardStore(table),
    adminEmails: [],
    makeKey: () => randomBytes(32).toString("base64url"),
    sha256,
    ulid,
  };
}
