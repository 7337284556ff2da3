import { lazy } from "../../caching/lazy.ts";
import { denialRecorder } from "../../http/record-denial.ts";
import type { ScimGatewayDeps } from "../../http/scim/gateway.ts";
import {
  changeScimGroup,
  createScimGroup,
  deleteScimGroup,
  findScimGroup,
} from "../../use-cases/access/scim/provision-group.ts";
import {
  changeScimUser,
  createScimUser,
  deleteScimUser,
  findScimUser,
} from "../../use-cases/access/scim/provision-user.ts";
import { searchResources } from "../../use-cases/access/scim/search-resources.ts";
import { baseUrlOf } from "../base-url.ts";
import { keyEdge } from "../endpoint.ts";
import { wire } from "../site/wire.ts";
import { accessEvents } from "../stores.ts";
import { log } from "../system.ts";
import { scimDeps, scimGroups, scimUsers } from "./provisioning.ts";

export const scimGatewayDeps = lazy(
  (): ScimGatewayDeps => ({
    edge: { ...keyEdge(), recordDenial: denialRecorder(accessEvents(), log()) },
    baseUrlOf,
    useCases: {
      users: {
        find: wire(findScimUser, scimDeps),
        list: (from, count) => scimUsers().list(from, count),
        search: (filter) => searchResources(scimUsers(), "username", filter),
        create: wire(createScimUser, scimDeps),
        change: wire(changeScimUser, scimDeps),
        remove: wire(deleteScimUser, scimDeps),
      },
      groups: {
        find: wire(findScimGroup, scimDeps),
        list: (from, count) => scimGroups().list(from, count),
        search: (filter) => searchResources(scimGroups(), "displayname", filter),
        create: wire(createScimGroup, scimDeps),
        change: wire(changeScimGroup, scimDeps),
        remove: wire(deleteScimGroup, scimDeps),
      },
    },
  }),
);
