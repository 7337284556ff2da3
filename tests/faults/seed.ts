/** Reproducible randomness: FAULT_SEED, or a new seed per run. */
export const seed = Number(process.env.FAULT_SEED || Math.floor(Math.random() * 2 ** 31));

/** Returns numbers in [0, 1), equal for the same name and seed (mulberry32). */
export function randomOf(name: string, from = seed): () => number {
  let state = from;
  for (const character of name) state = Math.imul(state ^ character.charCodeAt(0), 0x5bd1e995);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
