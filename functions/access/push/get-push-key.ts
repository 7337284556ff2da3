import { getPushKeyContract } from "../../../shared/contracts/access/push/get-push-key.ts";
import { NotFound } from "../../../shared/domain/errors.ts";
import { pushKey } from "../../../shared/runtime/config.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";

export const handler = endpoint(getPushKeyContract, async () => {
  const key = pushKey();
  if (key === null) throw new NotFound("setting", "VAPID_PUBLIC_KEY");
  return { body: { public_key: key } };
});
