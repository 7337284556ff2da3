/** Dependencies of changes that could leave nobody who can administer the platform, and of notices to administrators. */

import { currentCaller } from "../../telemetry/current-caller.ts";
import { accessConfig, pagingConfig } from "../config.ts";
import { keyedEdge } from "../endpoint.ts";
import { handoffDeps } from "../later/deps.ts";
import { apiKeys } from "../later/stores.ts";
import { roles } from "../stores.ts";

export const administratorDeps = () => {
  const { keysRequired, apiKeys: configured, findPerson } = keyedEdge().access;
  const peopleSignIn = findPerson !== undefined;
  return {
    apiKeys: apiKeys(),
    roles: roles(),
    hasFixedAdmin:
      !keysRequired ||
      configured.some(({ scopes }) => scopes.includes("admin")) ||
      (peopleSignIn && accessConfig().ADMIN_EMAILS.length > 0),
    peopleSignIn,
    currentCaller,
  };
};

export const announceUsesDeps = () => ({
  ...handoffDeps(),
  apiKeys: apiKeys(),
  roles: roles(),
  admins: accessConfig().ADMIN_EMAILS,
  fallbackEmail: pagingConfig().FALLBACK_EMAIL,
});
