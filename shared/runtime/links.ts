import { limits } from "../domain/limits.ts";
import { LinkExpired, NoSuchPath } from "../http/errors.ts";
import { type Link, type LinkAction, readLink, signLink } from "../http/links.ts";
import type { MakeLinks } from "../use-cases/ports/notifications.ts";
import { linkConfig } from "./config.ts";
import { loadSecrets } from "./secrets.ts";
import { log } from "./system.ts";

const secrets = ["SIGNING_SECRET"] as const;

/**
 * Creates links in messages: null without a signing secret or public URL. Configuration errors are only
 * logged, because a page without links is better than none.
 */
export async function links(): Promise<MakeLinks> {
  try {
    await loadSecrets(secrets);
    linkConfig();
    return makeLinks;
  } catch (error) {
    log().error("messages go without links", { error });
    return () => null;
  }
}

const makeLinks: MakeLinks = (incident, actor, now) => {
  const [secret] = linkConfig().SIGNING_SECRET;
  const base = baseUrl();
  if (secret === undefined || base === null) return null;
  const linkTo = (action: LinkAction) =>
    `${base}/links/${signLink({ incidentId: incident.id, action, actor }, secret, now)}`;
  return {
    view: linkTo("view"),
    acknowledge: incident.status === "open" ? linkTo("acknowledge") : null,
    resolve: incident.status === "resolved" ? null : linkTo("resolve"),
  };
};

/** Returns the public URL for messages, which have no request to derive it from. */
function baseUrl(): string | null {
  const { STAGE, PUBLIC_URL, HTTP_PORT } = linkConfig();
  if (PUBLIC_URL !== "") return PUBLIC_URL;
  return STAGE === "local" ? `http://localhost:${HTTP_PORT}` : null;
}

/**
 * Returns the content of a link's token.
 *
 * @throws NoSuchPath if it is not signed by this platform
 * @throws LinkExpired
 */
export async function openLink(token: string, now: number): Promise<Link> {
  await loadSecrets(secrets);
  const reading = readLink(token, linkConfig().SIGNING_SECRET, now);
  switch (reading.kind) {
    case "ok":
      return reading.link;
    case "expired":
      throw new LinkExpired(
        `Links in messages work for ${limits.linkSeconds / 86_400} days. Open the newest message about the incident, ` +
          "or ask whoever runs the platform.",
      );
    case "invalid":
      throw new NoSuchPath(
        "This link leads nowhere. Perhaps it was not copied whole: open it from its message.",
      );
  }
}
