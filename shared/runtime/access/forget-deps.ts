import { sha256 } from "../../crypto/sha256.ts";
import { accessConfig } from "../config.ts";
import { scimDeps } from "../deps.ts";
import { forgettings, linkedAccounts, personalRecords, pushDevices, reachability } from "../stores.ts";
import { clock, makeSecret } from "../system.ts";
import { administratorDeps } from "./administrators.ts";

export const forgetDeps = () => ({
  ...administratorDeps(),
  ...scimDeps(),
  adminEmails: accessConfig().ADMIN_EMAILS,
  pushDevices: pushDevices(),
  linkedAccounts: linkedAccounts(),
  reachability: reachability(),
  forgettings: forgettings(),
  personalRecords: personalRecords(),
  makeSecret,
  sha256,
  clock,
});
