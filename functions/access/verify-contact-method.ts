import {
  presentMethodWithCode,
  verifyContactMethodContract,
} from "../../shared/contracts/access/verify-contact-method.ts";
import { codeDeps } from "../../shared/runtime/codes.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { enterCode } from "../../shared/use-cases/access/reachability/enter-code.ts";
import { sendCode } from "../../shared/use-cases/access/reachability/send-code.ts";

export const handler = endpoint(
  verifyContactMethodContract,
  async ({ params: { email, id }, body: { code }, now }) => {
    const deps = await codeDeps();
    const method =
      code === undefined ? await sendCode(deps, email, id, now) : await enterCode(deps, email, id, code, now);
    return { body: presentMethodWithCode(method) };
  },
);
