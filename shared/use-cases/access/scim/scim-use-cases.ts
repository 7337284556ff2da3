import type { ScimUseCases } from "../../ports/scim.ts";
import { changeScimGroup, createScimGroup, deleteScimGroup, findScimGroup } from "./provision-group.ts";
import {
  changeScimUser,
  createScimUser,
  deleteScimUser,
  findScimUser,
  type ScimDeps,
} from "./provision-user.ts";
import { searchResources } from "./search-resources.ts";

/** Binds the use cases of SCIM to their dependencies. */
export function scimUseCases(deps: ScimDeps): ScimUseCases {
  const { scimUsers, scimGroups } = deps;
  return {
    users: {
      find: (id) => findScimUser(deps, id),
      list: scimUsers.list,
      search: (filter) => searchResources(scimUsers, "username", filter),
      create: (attributes, now) => createScimUser(deps, attributes, now),
      change: (id, change, now) => changeScimUser(deps, id, change, now),
      remove: (id, now) => deleteScimUser(deps, id, now),
    },
    groups: {
      find: (id) => findScimGroup(deps, id),
      list: scimGroups.list,
      search: (filter) => searchResources(scimGroups, "displayname", filter),
      create: (attributes, now) => createScimGroup(deps, attributes, now),
      change: (id, change, now) => changeScimGroup(deps, id, change, now),
      remove: (id, now) => deleteScimGroup(deps, id, now),
    },
  };
}
