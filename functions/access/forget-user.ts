import { forgetUserContract, presentForgetting } from "../../shared/contracts/access/forget-user.ts";
import { forgetDeps } from "../../shared/runtime/access/forget-deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { forgetUser } from "../../shared/use-cases/access/forget/forget-user.ts";

export const handler = endpoint(forgetUserContract, async ({ params: { email }, now }) => ({
  body: presentForgetting(await forgetUser(forgetDeps(), email, now)),
}));
