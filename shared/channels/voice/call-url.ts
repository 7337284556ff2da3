import { PermanentFailure } from "../../domain/notifications/delivery.ts";
import type { CallbackUrls } from "../channel-type.ts";

/** Time for which a phone rings. */
export const ringSeconds = 30;

/**
 * Returns the URL at which a provider asks what to say.
 *
 * @throws PermanentFailure if there is none, because a call without a text says nothing
 */
export function callUrl(
  urls: CallbackUrls | null,
  provider: keyof NonNullable<CallbackUrls["calls"]>,
): string {
  if (!urls?.calls)
    throw new PermanentFailure(
      "calls need PUBLIC_URL, where the provider asks what to say, and SIGNING_SECRET",
    );
  return urls.calls[provider];
}
