import { listUsersContract } from "../../shared/contracts/access/list-users.ts";
import { presentUser } from "../../shared/contracts/access/user.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { users } from "../../shared/runtime/stores.ts";

export const handler = endpoint(listUsersContract, async ({ page, cursor }) => {
  const { items, next } = await users().list(page);
  return { body: { users: items.map(presentUser), next_cursor: cursor(next) } };
});
