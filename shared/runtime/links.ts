import { type Link, linkMaker, openLink as open } from "../http/links.ts";
import type { MakeLinks } from "../use-cases/ports/notifications.ts";
import { linkConfig } from "./config.ts";
import { loadSecrets } from "./secrets.ts";
import { log } from "./system.ts";

const secrets = ["SIGNING_SECRET"] as const;

/**
 * Makes links in messages: null without a secret to sign with or a public URL. A page without links is better than no
 * page, so invalid settings are only logged.
 */
export async function links(): Promise<MakeLinks> {
  try {
    await loadSecrets(secrets);
    const { STAGE, PUBLIC_URL, HTTP_PORT, SIGNING_SECRET } = linkConfig();
    const localUrl = STAGE === "local" ? `http://localhost:${HTTP_PORT}` : null;
    return linkMaker(SIGNING_SECRET[0], PUBLIC_URL || localUrl);
  } catch (error) {
    log().error("messages go without links", { error });
    return () => null;
  }
}

/** Returns the link of a token. @throws NoSuchPath or LinkExpired */
export async function openLink(token: string, now: number): Promise<Link> {
  await loadSecrets(secrets);
  return open(token, linkConfig().SIGNING_SECRET, now);
}
