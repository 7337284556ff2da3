import { isRedacted, shortenedAddress, unredacted } from "../../channels/address.ts";
import { Invalid } from "../../domain/errors.ts";
import type { ContactMethod } from "../../domain/notifications/notification.ts";

/**
 * Restores redacted addresses in contact methods from the stored ones. Reads them only if there are any.
 *
 * @param path of the list in the request
 * @throws Invalid for a redacted address that matches no stored one
 */
export async function restoreRedactedAddresses<M extends ContactMethod>(
  asked: readonly M[],
  path: string,
  readKnown: () => Promise<readonly ContactMethod[]>,
): Promise<readonly M[]> {
  const shortened = ({ channel, address }: ContactMethod) => isRedacted(channel, address);
  if (!asked.some(shortened)) return asked;
  const known = await readKnown();
  const whole = asked.map((method) => unredacted(method, known));
  const faults = whole.flatMap((method, index) =>
    shortened(method) ? [{ path: `${path}.${index}.address`, message: shortenedAddress }] : [],
  );
  if (faults.length > 0) throw new Invalid(faults);
  return whole;
}
