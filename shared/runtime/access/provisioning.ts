/** Provisioned people and groups. The website needs them only to erase a person's data. */
import { lazy } from "../../caching/lazy.ts";
import { auditedScimGroup, scimGroupStore, scimUserStore } from "../../storage/access/scim-store.ts";
import { audited, users } from "../stores.ts";
import { ulid } from "../system.ts";
import { table } from "../table.ts";
import { administratorDeps } from "./administrators.ts";

const scimGroups = lazy(() => scimGroupStore(audited(auditedScimGroup)));
const scimUsers = lazy(() => scimUserStore(table()));

export const scimDeps = () => ({
  ...administratorDeps(),
  scimUsers: scimUsers(),
  scimGroups: scimGroups(),
  users: users(),
  ulid,
});
