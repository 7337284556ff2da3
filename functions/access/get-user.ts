import { getUserContract } from "../../shared/contracts/access/get-user.ts";
import { presentUser } from "../../shared/contracts/access/user.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { users } from "../../shared/runtime/stores.ts";
import { findUser } from "../../shared/use-cases/access/find-user.ts";

export const handler = endpoint(getUserContract, async ({ params: { email } }) => ({
  body: presentUser(await findUser({ users: users() }, email)),
}));
