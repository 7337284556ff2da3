import {
  type ConfirmLink,
  confirmLinkMaker,
  type Link,
  linkMaker,
  openLink as open,
} from "../http/tokens/links.ts";
import {
  type DeviceReceipt,
  openReceipt as openReceiptToken,
  signReceipt,
} from "../http/tokens/receipt-links.ts";
import type { MakeConfirmLink, MakeLinks } from "../use-cases/ports/notifications.ts";
import { linkConfig } from "./config.ts";
import { loadSecrets } from "./secrets.ts";
import { log } from "./system.ts";

const secrets = ["SIGNING_SECRET"] as const;

interface Signing {
  /** Undefined without a secret to sign with. */
  readonly secret: string | undefined;
  /** Null without a public URL. */
  readonly baseUrl: string | null;
}

/** Makes links in messages: null without a secret to sign with or a public URL. */
export async function links(): Promise<MakeLinks> {
  const { secret, baseUrl } = await signing();
  return linkMaker(secret, baseUrl);
}

/** Makes the links that confirm messages without an incident. */
export async function confirmLinks(): Promise<MakeConfirmLink> {
  const { secret, baseUrl } = await signing();
  return confirmLinkMaker(secret, baseUrl);
}

/** Returns the URL for the receipt of a message that a device has shown; null without a secret to sign with or a public URL. */
export async function receiptUrl(receipt: DeviceReceipt, now: number): Promise<string | null> {
  const { secret, baseUrl } = await signing();
  if (secret === undefined || baseUrl === null) return null;
  return `${baseUrl}/receipts/${signReceipt(receipt, secret, now)}`;
}

/** A page without links is better than no page, so invalid settings are only logged. */
async function signing(): Promise<Signing> {
  try {
    await loadSecrets(secrets);
    const { STAGE, PUBLIC_URL, HTTP_PORT, SIGNING_SECRET } = linkConfig();
    const localUrl = STAGE === "local" ? `http://localhost:${HTTP_PORT}` : null;
    return { secret: SIGNING_SECRET[0], baseUrl: PUBLIC_URL || localUrl };
  } catch (error) {
    log().error("messages go without links", { error });
    return { secret: undefined, baseUrl: null };
  }
}

/** Returns the receipt of a token. @throws NoSuchPath or LinkExpired */
export async function openReceipt(token: string, now: number): Promise<DeviceReceipt> {
  await loadSecrets(secrets);
  return openReceiptToken(token, linkConfig().SIGNING_SECRET, now);
}

/** Returns the link of a token. @throws NoSuchPath or LinkExpired */
export async function openLink(token: string, now: number): Promise<Link | ConfirmLink> {
  await loadSecrets(secrets);
  return open(token, linkConfig().SIGNING_SECRET, now);
}
