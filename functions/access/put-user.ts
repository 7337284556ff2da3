import { putUserContract } from "../../shared/contracts/access/put-user.ts";
import { presentUser, userOf } from "../../shared/contracts/access/user.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { users } from "../../shared/runtime/stores.ts";
import { putUser } from "../../shared/use-cases/access/put-user.ts";

export const handler = endpoint(putUserContract, async ({ params: { email }, body, now }) => ({
  body: presentUser(await putUser({ users: users() }, userOf(email, body, now))),
}));
