/** The part of the library that is used. It has no types of its own. */
declare module "html-to-text" {
  export function convert(html: string, options?: Readonly<Record<string, unknown>>): string;
}
