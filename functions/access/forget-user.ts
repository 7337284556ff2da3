import { forgetUserContract, presentForgetting } from "../../shared/contracts/access/forget-user.ts";
import { forgetUser } from "../../shared/runtime/access/forget-user.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";

export const handler = endpoint(forgetUserContract, async ({ params: { email }, now }) => ({
  body: presentForgetting(await forgetUser(email, now)),
}));
