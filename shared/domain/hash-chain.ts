/**
 * Hash chains: each hash covers its values and the hash before. Any later change, insertion or deletion changes the last
 * hash, which is also in the logs.
 */

/** SHA-256 of a text's UTF-8, in hex. */
export type Sha256 = (text: string) => string;

/** Values of a link, in the order in which they are hashed, and the hash that was recorded for them. */
export interface Link {
  readonly values: readonly unknown[];
  readonly hash: string;
}

/** Returns the hash of values that follow another hash. */
export function chainedHash(before: string, values: readonly unknown[], sha256: Sha256): string {
  return sha256(JSON.stringify([before, ...values]));
}

/**
 * Returns the positions of the links that don't match. Each is compared with the recorded hash before it, so a changed
 * link is found alone.
 *
 * @param genesis the hash before the first link
 */
export function brokenLinks(genesis: string, links: readonly Link[], sha256: Sha256): number[] {
  return links.flatMap(({ values, hash }, index) => {
    const before = links[index - 1]?.hash ?? genesis;
    return chainedHash(before, values, sha256) === hash ? [] : [index];
  });
}
