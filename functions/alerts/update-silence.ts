import { presentSilence } from "../../shared/contracts/alerts/silence.ts";
import { changedSilence } from "../../shared/contracts/alerts/silence-input.ts";
import { updateSilenceContract } from "../../shared/contracts/alerts/update-silence.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { ruleDeps } from "../../shared/runtime/later/deps.ts";
import { updateSilence } from "../../shared/use-cases/alerts/update-silence.ts";

export const handler = endpoint(updateSilenceContract, async ({ params: { id }, body, now }) => {
  const updated = await updateSilence(ruleDeps(), id, (known) => changedSilence(known, body, now), now);
  return { body: presentSilence(updated, now) };
});
