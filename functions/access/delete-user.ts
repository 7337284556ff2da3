import { deleteUserContract } from "../../shared/contracts/access/delete-user.ts";
import { presentUser } from "../../shared/contracts/access/user.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { pushDeviceDeps } from "../../shared/runtime/later/deps.ts";
import { deleteUser } from "../../shared/use-cases/access/delete-user.ts";

export const handler = endpoint(deleteUserContract, async ({ params: { email }, now }) => ({
  body: presentUser(await deleteUser(pushDeviceDeps(), email, now)),
}));
