/** Dependencies of changes that could leave nobody who can administer the platform. */

import { currentCaller } from "../../telemetry/current-caller.ts";
import { accessConfig } from "../config.ts";
import { keyedEdge } from "../endpoint.ts";
import { apiKeys, roles } from "../stores.ts";

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
