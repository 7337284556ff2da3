import { Invalid } from "../../domain/errors.ts";
import { isRedacted, shortenedAddress, unredacted } from "../../domain/notifications/address.ts";
import type { ContactMethod } from "../../domain/notifications/notification.ts";

/**
 * Contact methods with the addresses that somebody sent back as they were shown put in again; what is known is read
 * only if there are any.
 *
 * @param path of their list in the request
 * @throws Invalid for a shortened address that stands for none
 */
export async function wholeAddresses<M extends ContactMethod>(
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
