/** Texts that can be stored and displayed: without NUL characters and unpaired surrogates. */

export const unstorable = "must have no NUL characters or unpaired surrogates";

export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** Replaces what cannot be stored, for data of monitoring systems. */
export function madeStorable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}
