/** Path templates: `{name}` matches one segment, `{name+}` one or more. */

const placeholder = /\{(\w+)(\+?)\}/g;

export type PathParameters = Readonly<Record<string, string>>;

/** Returns the placeholder names of a template, in order. */
export function placeholdersOf(template: string): string[] {
  return [...template.matchAll(placeholder)].map(([, name = ""]) => name);
}

/** Replaces each placeholder with its encoded value, or with nothing if there is none. */
export function fillPath(
  template: string,
  values: Readonly<Record<string, string | number | undefined>>,
  encode: (value: string) => string = encodeURIComponent,
): string {
  return template.replaceAll(placeholder, (_, name: string) => encode(String(values[name] ?? "")));
}

/**
 * Returns a pattern for the paths of a template, with a group per placeholder. @param segment pattern of
 * `{name}`
 */
export function pathPattern(template: string, segment = "[^/]+"): RegExp {
  const pattern = template.replaceAll(
    /\{(\w+)(\+?)\}|[.*+?^$()|[\]\\]/g,
    (found, name: string | undefined, many: string) =>
      name === undefined ? `\\${found}` : `(?<${name}>${many ? ".+" : segment})`,
  );
  return new RegExp(`^${pattern}$`, "s");
}

/** Returns the decoded values of the placeholders; undefined if the path does not match or is not a valid encoding. */
export function matchPath(pattern: RegExp, path: string): PathParameters | undefined {
  const match = pattern.exec(path);
  if (!match) return undefined;
  try {
    const values = Object.entries(match.groups ?? {});
    return Object.fromEntries(
      values.map(([name, value]) => [name, decodeURIComponent(value).toWellFormed()]),
    );
  } catch {
    return undefined;
  }
}

/**
 * Returns true if paths of both templates belong to the first: it has a word where the second has an ID, and no ID is
 * equal to such a word. `/silences/preview` takes precedence over `/silences/{id}`, but a team may be named `preview`.
 */
export function takesPrecedence(one: string, other: string): boolean {
  const words = one.split("/");
  return other.split("/").some((segment, at) => idSegment.test(segment) && !words[at]?.startsWith("{"));
}

const idSegment = /^\{(?:\w+_)?id\}$/;

/** Sorts the most specific template first: `/incidents/stats` before `/incidents/{id}`, `{path+}` last. */
export function bySpecificity(one: string, other: string): number {
  return openness(one) - openness(other);
}

function openness(template: string): number {
  return template.split("{").length + (template.includes("+}") ? 100 : 0);
}

/** Returns the template in Hono's syntax: `/users/:email`. */
export function honoPath(template: string): string {
  return template.replaceAll(placeholder, (_, name: string, many: string) => `:${name}${many ? "{.+}" : ""}`);
}
