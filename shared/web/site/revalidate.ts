import { conditional, etagOf } from "../../http/etag.ts";

/** Parts of a page that show when it was rendered. */
const renderedAt = / data-now="[^"]*"|<p class="as-of quiet">.*?<\/p>/gs;

/**
 * Lets the browser keep a page, which makes going back instant, and asks it to check it at each visit. A page that has
 * not changed is not sent again.
 */
export function revalidate(requestHeaders: Headers, response: Response, html: string): Response {
  response.headers.set("cache-control", "private, no-cache");
  // Another session, time zone or saved view is another page, and so is its content for our script.
  response.headers.append("vary", "cookie, hx-request");
  const etag = etagOf(html.replaceAll(renderedAt, ""));
  const result = conditional(requestHeaders, response, etag);
  // Weak, because each response is padded and compressed differently.
  result.headers.set("etag", `W/${etag}`);
  return result;
}
