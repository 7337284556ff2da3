import { createSilenceContract } from "../../shared/contracts/alerts/create-silence.ts";
import { presentSilence } from "../../shared/contracts/alerts/silence.ts";
import { silenceDraftOf } from "../../shared/contracts/alerts/silence-input.ts";
import { creatingEndpoint } from "../../shared/runtime/endpoint.ts";
import { ruleDeps } from "../../shared/runtime/later/deps.ts";
import { createSilence } from "../../shared/use-cases/alerts/create-silence.ts";

export const handler = creatingEndpoint(createSilenceContract, async ({ body, caller, now, ulid }) => {
  const draft = silenceDraftOf(body, caller, now);
  const created = await createSilence({ ...ruleDeps(), ulid }, draft, now);
  return { body: presentSilence(created, now), location: `/api/v1/silences/${created.id}` };
});
