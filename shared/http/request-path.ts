/** A request's path as a client encodes it, whichever gateway it came through. */
import { bySpecificity, fillPath, pathPattern } from "../contracts/path-template.ts";

/** The parts of an HTTP API's event (payload 2.0) that say what was asked for. */
export interface RoutedEvent {
  /** `GET /api/v1/services/{service}`, or `$default` for a request that no other route is for; absent without a gateway. */
  readonly routeKey?: string;
  readonly rawPath: string;
  /** Decoded. */
  readonly pathParameters?: Readonly<Record<string, string | undefined>> | null;
}

/**
 * Returns the path, encoded. API Gateway passes `rawPath` decoded and serverless-offline passes it encoded: a service
 * named `what?` arrives as `/services/what?` or as `/services/what%3F`. Both pass the placeholders of the route
 * decoded, so the path is built from them.
 *
 * @param templates the paths below a route with `{path+}`: they tell which slashes are part of a name
 */
export function encodedPath(event: RoutedEvent, templates: readonly string[]): string {
  return joinDotSegments(encodedAsAsked(event, templates));
}

/**
 * Joins `.` and `..` to the segment before, with an encoded slash: a URL would lead elsewhere. The alias `x/../other`
 * stays that of an alert, and is not the alert `other`.
 */
function joinDotSegments(path: string): string {
  return path.replaceAll(/(?<=.)\/(?=(?:\.|%2e){1,2}(?:\/|$))/gi, "%2F");
}

function encodedAsAsked(event: RoutedEvent, templates: readonly string[]): string {
  const template = templateOf(event.routeKey);
  if (template === undefined) return encodeIllegal(event.rawPath);
  const values = event.pathParameters ?? {};
  if (!template.includes("+}")) return fillPath(template, values, encode);
  const decoded = fillPath(template, values, (value) => value);
  if (isEncodingOf(event.rawPath, decoded)) return event.rawPath;
  return pathOf(templates, decoded) ?? decoded.split("/").map(encode).join("/");
}

/** The path of a route; undefined for the default route. */
function templateOf(routeKey = "$default"): string | undefined {
  const path = routeKey.slice(routeKey.indexOf(" ") + 1);
  return path.startsWith("/") ? path : undefined;
}

/** Encodes what stands for the placeholders of the template that a decoded path is of; undefined when it is of none. */
function pathOf(templates: readonly string[], decoded: string): string | undefined {
  const trimmed = withoutTrailingSlashes(decoded);
  const ranked = templates.toSorted(bySpecificity);
  // A name has a slash in it only where the path can't be understood without one.
  for (const segment of trimmed.length > pathLength ? ["[^/]+"] : ["[^/]+", ".+?"]) {
    for (const template of ranked) {
      const match = pathPattern(template, segment).exec(trimmed);
      if (match) return fillPath(template, match.groups ?? {}, encode);
    }
  }
  return undefined;
}

/** Slashes are looked for in names up to this length: it takes quadratic time. */
const pathLength = 2_048;

/** Leaves what may stand in a segment as it is (RFC 3986 3.3), as clients do: `ada@example.com`. */
function encode(segment: string): string {
  return encodeURIComponent(segment.toWellFormed()).replaceAll(
    /%(?:40|3A|24|26|2B|2C|3B|3D)/g,
    decodeURIComponent,
  );
}

function isEncodingOf(path: string, decoded: string): boolean {
  try {
    return path.includes("%") && decodeURIComponent(path) === decoded && encodeIllegal(path) === path;
  } catch {
    return false;
  }
}

/** Encodes what can't stand in a path (RFC 3986 3.3), and leaves what is encoded as it is. */
function encodeIllegal(path: string): string {
  return path.replaceAll(/%(?![0-9a-f]{2})|[^\w\-.~!$&'()*+,;=:@/%]+/gi, encode);
}

/** In linear time, which `/\/+$/` doesn't take. */
export function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end -= 1;
  return path.slice(0, end);
}
