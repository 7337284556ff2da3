import {
  presentMethodWithCode,
  verifyContactMethodContract,
} from "../../shared/contracts/access/verify-contact-method.ts";
import { enterCode, sendCode } from "../../shared/runtime/access/verify-method.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";

export const handler = endpoint(
  verifyContactMethodContract,
  async ({ params: { email, id }, body: { code }, now }) => {
    const method = await (code === undefined ? sendCode(email, id, now) : enterCode(email, id, code, now));
    return { body: presentMethodWithCode(method) };
  },
);
