/** Reconstructs a request's encoded path, independent of the gateway. */
import { bySpecificity, fillPath, pathPattern } from "../../contracts/path-template.ts";

/** Routing fields of an HTTP API event (payload 2.0). */
export interface RoutedEvent {
  /** `GET /api/v1/services/{service}`, or `$default` if no other route matches; absent without a gateway. */
  readonly routeKey?: string;
  readonly rawPath: string;
  /** Decoded values. */
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
 * Joins `.` and `..` to the previous segment with an encoded slash, because URL parsing would resolve them.
 * The alias `x/../other` thus does not become the alert `other`.
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

/** Returns the path of a route; undefined for the default route. */
function templateOf(routeKey = "$default"): string | undefined {
  const path = routeKey.slice(routeKey.indexOf(" ") + 1);
  return path.startsWith("/") ? path : undefined;
}

/** Encodes the placeholder values in a decoded path; undefined if no template matches. */
function pathOf(templates: readonly string[], decoded: string): string | undefined {
  const trimmed = withoutTrailingSlashes(decoded);
  const ranked = templates.toSorted(bySpecificity);
  // A name contains a slash only if the path does not match otherwise.
  for (const segment of trimmed.length > pathLength ? ["[^/]+"] : ["[^/]+", ".+?"]) {
    for (const template of ranked) {
      const match = pathPattern(template, segment).exec(trimmed);
      if (match) return fillPath(template, match.groups ?? {}, encode);
    }
  }
  return undefined;
}

/** Maximum path length for names with slashes, because matching them takes quadratic time. */
const pathLength = 2_048;

/** Encodes a segment like clients do, keeping allowed characters (RFC 3986 3.3): `ada@example.com`. */
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

/** Encodes characters that are illegal in a path (RFC 3986 3.3) and keeps existing encodings. */
function encodeIllegal(path: string): string {
  return path.replaceAll(/%(?![0-9a-f]{2})|[^\w\-.~!$&'()*+,;=:@/%]+/gi, encode);
}

/** Takes linear time, unlike `/\/+$/`. */
export function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end -= 1;
  return path.slice(0, end);
}
