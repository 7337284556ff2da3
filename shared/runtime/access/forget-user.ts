import { sha256 } from "../../crypto/sha256.ts";
import { personalRecordStore } from "../../storage/access/personal-record-store.ts";
import { auditedRules } from "../../storage/alerts/rule-store.ts";
import { auditedSchedule } from "../../storage/oncall/schedule-store.ts";
import { forgetUser as forget } from "../../use-cases/access/forget/forget-user.ts";
import { accessConfig, pagingConfig } from "../config.ts";
import { forgettings, linkedAccounts, pushDevices, reachability } from "../later/stores.ts";
import { wire } from "../site/wire.ts";
import { audited } from "../stores.ts";
import { clock, makeSecret } from "../system.ts";
import { scimDeps } from "./provisioning.ts";

const forgetDeps = () => ({
  ...scimDeps(),
  configuredEmails: {
    ADMIN_EMAILS: accessConfig().ADMIN_EMAILS,
    FALLBACK_EMAIL: [pagingConfig().FALLBACK_EMAIL],
  },
  pushDevices: pushDevices(),
  linkedAccounts: linkedAccounts(),
  reachability: reachability(),
  forgettings: forgettings(),
  personalRecords: personalRecordStore(audited(...auditedSchedule, ...auditedRules)),
  makeSecret,
  sha256,
  clock,
});

/** In a file of its own, because the website loads it when it is needed. */
export const forgetUser = wire(forget, forgetDeps);
