/**
 * Tokens of links in messages. Each allows one action on one incident in one name, for a limited time.
 *
 *     a 0tj9x0g 01KAR3… . YWRhQGV4YW1wbGUuY29t . mac
 *     │ │       │         │                      └ HMAC-SHA256 of all before it, its first 128 bits
 *     │ │       │         └ actor
 *     │ │       └ the incident, without its prefix
 *     │ └ expiry: epoch seconds in base 36
 *     └ action
 *
 * Short, because they go into text messages, and safe in a URL.
 */

import { idPrefixes } from "../domain/ids.ts";
import type { IncidentAction } from "../domain/incidents/incident-action.ts";
import { limits } from "../domain/limits.ts";
import type { MakeLinks } from "../use-cases/ports/notifications.ts";
import { LinkExpired, NoSuchPath } from "./errors.ts";
import { openToken, signToken } from "./signed-token.ts";

export type LinkAction = IncidentAction | "view";

export interface Link {
  readonly incidentId: string;
  readonly action: LinkAction;
  /** Actor: a recipient's email, or a team. */
  readonly actor: string;
}

type LinkReading =
  | { readonly kind: "ok"; readonly link: Link }
  | { readonly kind: "expired" }
  /** No valid signature. */
  | { readonly kind: "invalid" };

const letters: Readonly<Record<LinkAction, string>> = { acknowledge: "a", resolve: "r", view: "v" };
const actions: Readonly<Record<string, LinkAction>> = { a: "acknowledge", r: "resolve", v: "view" };

/** Returns a token that is valid for `limits.linkSeconds`. */
export function signLink({ incidentId, action, actor }: Link, secret: string, now: number): string {
  const expiresAt = Math.floor(now / 1_000) + limits.linkSeconds;
  const id = incidentId.slice(idPrefixes.incident.length);
  const ends = expiresAt.toString(36).padStart(7, "0");
  const claims = `${letters[action]}${ends}${id}.${Buffer.from(actor).toString("base64url")}`;
  return signToken("link", claims, secret);
}

/** Reads a token; `now` is epoch milliseconds. */
export function readLink(token: string, secrets: readonly string[], now: number): LinkReading {
  const claims = openToken("link", token, secrets);
  if (claims === undefined) return { kind: "invalid" };
  const [, letter = "", ends = "", id = "", actor = ""] =
    /^([a-z])([0-9a-z]{7})([^.]*)\.([^.]*)$/.exec(claims) ?? [];
  const action = actions[letter];
  if (!action) return { kind: "invalid" };
  if (now >= Number.parseInt(ends, 36) * 1_000) return { kind: "expired" };
  return {
    kind: "ok",
    link: {
      incidentId: idPrefixes.incident + id,
      action,
      actor: Buffer.from(actor, "base64url").toString(),
    },
  };
}

/**
 * Returns the link of a token.
 *
 * @throws NoSuchPath if the platform has not signed it
 * @throws LinkExpired
 */
export function openLink(token: string, secrets: readonly string[], now: number): Link {
  const reading = readLink(token, secrets, now);
  switch (reading.kind) {
    case "ok":
      return reading.link;
    case "expired":
      throw new LinkExpired(
        `Links in messages expire after ${limits.linkSeconds / 86_400} days. Use the newest message about the incident.`,
      );
    case "invalid":
      throw new NoSuchPath("This link is incomplete or invalid. Open it from its message again.");
  }
}

/** Returns a function that creates the links of a message: null without a signing secret or a public URL. */
export function linkMaker(secret: string | undefined, baseUrl: string | null): MakeLinks {
  return (incident, actor, now) => {
    if (secret === undefined || baseUrl === null) return null;
    const linkTo = (action: LinkAction) =>
      `${baseUrl}/links/${signLink({ incidentId: incident.id, action, actor }, secret, now)}`;
    return {
      view: linkTo("view"),
      acknowledge: incident.status === "open" ? linkTo("acknowledge") : null,
      resolve: incident.status === "resolved" ? null : linkTo("resolve"),
    };
  };
}
