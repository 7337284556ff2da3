/** Values that settings have in common. */
import * as z from "zod";

/** Comma-separated; blank items are left out. */
export const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== ""),
  );

/** URL over http or https, without a slash at its end. */
export const webUrl = z.url({ protocol: /^https?$/ }).transform(withoutSlash);

/** Text that may stand in a header; empty by default. */
export const headerText = z
  .string()
  .regex(/^[\x20-\x7e]*$/, "must contain only printable ASCII characters")
  .default("");

export function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
