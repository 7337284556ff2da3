import { getProofContract, presentProof } from "../../shared/contracts/notifications/get-proof.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { proofOf } from "../../shared/domain/notifications/proof.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { notifications } from "../../shared/runtime/stores.ts";

import { required } from "../../shared/use-cases/required.ts";

export const handler = endpoint(getProofContract, async ({ params: { id } }) => {
  const notification = required(await notifications().find(id), "notification", id);
  return { body: presentProof(notification, proofOf(notification, sha256)) };
});
