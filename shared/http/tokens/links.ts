/**
 * Tokens of links in messages. Each allows one action on one incident in one name, or confirms one notification, for a
 * limited time.
 *
 *     a 0tj9x0g 01KAR3… . YWRhQGV4YW1wbGUuY29t . mac
 *     │ │       │         │                      └ HMAC-SHA256 of all before it, its first 128 bits
 *     │ │       │         └ actor
 *     │ │       └ the incident or notification, without its prefix
 *     │ └ expiry: epoch seconds in base 36
 *     └ action
 *
 * Short, because they go into text messages, and safe in a URL.
 */

import { idPrefixes } from "../../domain/ids.ts";
import type { IncidentAction } from "../../domain/incidents/incident-action.ts";
import { limits } from "../../domain/limits.ts";
import type { MakeConfirmLink, MakeLinks } from "../../use-cases/ports/notifications.ts";
import { LinkExpired, NoSuchPath } from "../errors.ts";
import { openToken, signToken } from "./signed-token.ts";

export type LinkAction = IncidentAction | "view";

export interface Link {
  readonly incidentId: string;
  readonly action: LinkAction;
  /** Actor: a recipient's email, or a team. */
  readonly actor: string;
}

/** Confirms that a message without an incident was received: a verification code or a drill. */
export interface ConfirmLink {
  readonly action: "confirm";
  readonly notificationId: string;
  /** Email of the recipient. */
  readonly actor: string;
}

type LinkReading =
  | { readonly kind: "ok"; readonly link: Link | ConfirmLink }
  | { readonly kind: "expired" }
  /** No valid signature. */
  | { readonly kind: "invalid" };

type AnyAction = LinkAction | ConfirmLink["action"];

const letters: Readonly<Record<AnyAction, string>> = {
  acknowledge: "a",
  resolve: "r",
  view: "v",
  confirm: "c",
};
const actions: Readonly<Record<string, AnyAction>> = {
  a: "acknowledge",
  r: "resolve",
  v: "view",
  c: "confirm",
};

/** Returns a token that is valid for `limits.linkSeconds`. */
export function signLink(link: Link | ConfirmLink, secret: string, now: number): string {
  const { action, actor } = link;
  const expiresAt = Math.floor(now / 1_000) + limits.linkSeconds;
  const id =
    link.action === "confirm"
      ? link.notificationId.slice(idPrefixes.notification.length)
      : link.incidentId.slice(idPrefixes.incident.length);
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
  const name = Buffer.from(actor, "base64url").toString();
  const link =
    action === "confirm"
      ? { action, notificationId: idPrefixes.notification + id, actor: name }
      : { incidentId: idPrefixes.incident + id, action, actor: name };
  return { kind: "ok", link };
}

/**
 * Returns the link of a token.
 *
 * @throws NoSuchPath if the platform has not signed it
 * @throws LinkExpired
 */
export function openLink(token: string, secrets: readonly string[], now: number): Link | ConfirmLink {
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

/** Returns a function that creates the link that confirms a notification: null without a signing secret or a public URL. */
export function confirmLinkMaker(secret: string | undefined, baseUrl: string | null): MakeConfirmLink {
  return (notificationId, actor, now) =>
    secret === undefined || baseUrl === null
      ? null
      : `${baseUrl}/links/${signLink({ action: "confirm", notificationId, actor }, secret, now)}`;
}
