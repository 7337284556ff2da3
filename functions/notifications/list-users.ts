import { listUsersContract } from "../../shared/contracts/notifications/list-users.ts";
import { presentUser } from "../../shared/contracts/notifications/user.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { users } from "../../shared/runtime/stores.ts";

export const handler = endpoint(listUsersContract, async ({ page, cursor }) => {
  const { items, next } = await users().list(page);
  return { body: { users: items.map(presentUser), next_cursor: cursor(next) } };
});
