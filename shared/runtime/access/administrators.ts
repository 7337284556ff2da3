/** Dependencies of changes that could leave no administrator, and of notices to administrators. */

import { accessConfig, edgeConfig, pagingConfig } from "../config.ts";
import { edge } from "../endpoint.ts";
import { handoffDeps } from "../later/deps.ts";
import { administratorGuard, apiKeys } from "../later/stores.ts";
import { accounts, roles } from "../stores.ts";

export const administratorDeps = () => {
  const { keysRequired, apiKeys: configured } = edge().access;
  return {
    apiKeys: apiKeys(),
    roles: roles(),
    accounts: accounts(),
    administratorGuard: administratorGuard(),
    adminEmails: accessConfig().ADMIN_EMAILS,
    hasFixedAdmin: !keysRequired || configured.some(({ scopes }) => scopes.includes("admin")),
    peopleSignIn: edgeConfig().OIDC_ISSUER !== "",
  };
};

export const announceUsesDeps = () => ({
  ...handoffDeps(),
  apiKeys: apiKeys(),
  roles: roles(),
  admins: accessConfig().ADMIN_EMAILS,
  fallbackEmail: pagingConfig().FALLBACK_EMAIL,
});
