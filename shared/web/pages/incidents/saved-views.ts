/** Filters of the incident list that a viewer saved under a name. They are kept in a cookie. */
import * as z from "zod";
import { line } from "../../../contracts/fields.ts";
import { isSecure, readCookie, setCookie } from "../../../http/session/cookies.ts";
import { incidentsQuery } from "./choice.ts";

export const viewName = line(1, 40);
/** Query string without the question mark. */
export const viewQuery = z
  .string()
  .max(300)
  .refine(
    (query) => incidentsQuery.safeParse(Object.fromEntries(new URLSearchParams(query))).success,
    "must be filters of the list",
  );
/** A cookie holds 4 KB. */
export const mostViews = 6;

const savedViews = z.array(z.object({ name: viewName, query: viewQuery })).max(mostViews);
export type SavedViews = Readonly<z.output<typeof savedViews>>;

const cookieName = "views";
const keptSeconds = 365 * 86_400;

/** Returns the saved views of a request; none if the cookie is damaged. */
export function readViews(headers: Headers): SavedViews {
  try {
    const packed = readCookie(headers, cookieName) ?? "";
    return savedViews.parse(JSON.parse(Buffer.from(packed, "base64url").toString()));
  } catch {
    return [];
  }
}

export function viewsCookie(views: SavedViews, headers: Headers): string {
  return setCookie(cookieName, Buffer.from(JSON.stringify(views)).toString("base64url"), {
    secure: isSecure(headers),
    maxAgeSeconds: views.length === 0 ? 0 : keptSeconds,
  });
}
