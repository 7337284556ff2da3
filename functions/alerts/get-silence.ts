import { getSilenceContract } from "../../shared/contracts/alerts/get-silence.ts";
import { presentSilence } from "../../shared/contracts/alerts/silence.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { ruleDeps } from "../../shared/runtime/later/deps.ts";
import { readSilence } from "../../shared/use-cases/alerts/read-silence.ts";

export const handler = endpoint(getSilenceContract, async ({ params: { id }, now }) => ({
  body: presentSilence(await readSilence(ruleDeps(), id), now),
}));
