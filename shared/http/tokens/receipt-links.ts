/**
 * Tokens with which a device reports that it has shown a message.
 *
 *     0tj9x0g 01KAR3… . cHNoX2Ey… . mac
 *     │       │         └ device and its name
 *     │       └ the notification, without its prefix
 *     └ expiry: epoch seconds in base 36
 */

import { idPrefixes } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import { LinkExpired, NoSuchPath } from "../errors.ts";
import { openToken, signToken } from "./signed-token.ts";

export interface DeviceReceipt {
  readonly notificationId: string;
  readonly device: { readonly id: string; readonly name: string };
}

/** Returns a token that is valid for `limits.linkSeconds`. */
export function signReceipt({ notificationId, device }: DeviceReceipt, secret: string, now: number): string {
  const expiresAt = Math.floor(now / 1_000) + limits.linkSeconds;
  const id = notificationId.slice(idPrefixes.notification.length);
  const named = Buffer.from(`${device.id} ${device.name}`).toString("base64url");
  return signToken("receipt", `${expiresAt.toString(36).padStart(7, "0")}${id}.${named}`, secret);
}

/**
 * Returns the receipt of a token.
 *
 * @param now epoch milliseconds
 * @throws NoSuchPath if the platform has not signed it
 * @throws LinkExpired
 */
export function openReceipt(token: string, secrets: readonly string[], now: number): DeviceReceipt {
  const claims = openToken("receipt", token, secrets) ?? "";
  const [, ends, id, named] = /^([0-9a-z]{7})([^.]+)\.([^.]+)$/.exec(claims) ?? [];
  if (ends === undefined || id === undefined || named === undefined)
    throw new NoSuchPath("This receipt is not signed");
  if (now >= Number.parseInt(ends, 36) * 1_000)
    throw new LinkExpired("This message is too old for a receipt");
  const [deviceId = "", ...name] = Buffer.from(named, "base64url").toString().split(" ");
  return { notificationId: idPrefixes.notification + id, device: { id: deviceId, name: name.join(" ") } };
}
