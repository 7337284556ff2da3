/** Roles of people who are signed in. */

import { cached } from "../../caching/cached.ts";
import { limits } from "../../domain/limits.ts";
import { loadRoleDirectory } from "../../use-cases/access/role-directory.ts";
import { accessConfig } from "../config.ts";
import { roles } from "../stores.ts";

const directory = cached(limits.roleCacheSeconds * 1_000, () => {
  const { ADMIN_EMAILS: admins, OIDC_DEFAULT_ROLE: defaultRole } = accessConfig();
  return loadRoleDirectory({ roles: roles(), admins, defaultRole });
});

/** Returns the roles as they were at most 30 seconds ago. */
export const loadRoles = async (now: number) => (await directory(now)).value;
