import { sha256 } from "../../crypto/sha256.ts";
import { personalRecordStore } from "../../storage/access/personal-record-store.ts";
import { auditedSchedule } from "../../storage/oncall/schedule-store.ts";
import { forgetUser as forget } from "../../use-cases/access/forget/forget-user.ts";
import { accessConfig } from "../config.ts";
import { forgettings, linkedAccounts, pushDevices, reachability } from "../later/stores.ts";
import { wire } from "../site/wire.ts";
import { audited } from "../stores.ts";
import { clock, makeSecret } from "../system.ts";
import { administratorDeps } from "./administrators.ts";
import { scimDeps } from "./provisioning.ts";

const forgetDeps = () => ({
  ...administratorDeps(),
  ...scimDeps(),
  adminEmails: accessConfig().ADMIN_EMAILS,
  pushDevices: pushDevices(),
  linkedAccounts: linkedAccounts(),
  reachability: reachability(),
  forgettings: forgettings(),
  personalRecords: personalRecordStore(audited(...auditedSchedule)),
  makeSecret,
  sha256,
  clock,
});

/** In a file of its own, because the website loads it when it is needed. */
export const forgetUser = wire(forget, forgetDeps);
