import { endSilenceContract } from "../../shared/contracts/alerts/end-silence.ts";
import { presentSilence } from "../../shared/contracts/alerts/silence.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { ruleDeps } from "../../shared/runtime/later/deps.ts";
import { endSilence } from "../../shared/use-cases/alerts/end-silence.ts";

export const handler = endpoint(endSilenceContract, async ({ params: { id }, now }) => ({
  body: presentSilence(await endSilence(ruleDeps(), id, now), now),
}));
