/**
 * The UI through its two functions, like a browser: with cookies, forms and, for the site's script,
 * fragments.
 */
import { join } from "node:path";
import { writeWebAssets } from "../../../infra/build/web-assets.ts";
import { temporaryFolder } from "../platform/platform.ts";
import { sharedFolder } from "../platform/shared-folder.ts";
import { cookieHeader, storeCookies } from "./cookie-jar.ts";
import { call, type HttpReply, handlerOf } from "./lambda.ts";

export const siteSecret = "what signs the cookies and forms of tests";

/** Environment of the pages' functions, besides the emulators'. */
export async function siteEnvironment(): Promise<Record<string, string>> {
  const write = (folder: string) => writeWebAssets(join(folder, "dist/web-assets"), "fast");
  let bundles = await sharedFolder("site", write);
  if (!bundles) {
    bundles = temporaryFolder();
    await write(bundles);
  }
  return { BUNDLES_DIR: bundles, SIGNING_SECRET: siteSecret };
}

export interface Browser {
  /** Loads a page without following redirects. */
  get(target: string, headers?: Record<string, string>): Promise<HttpReply>;
  /** Sends a form with the hidden fields of the last loaded page. A field may have several values. */
  send(
    path: string,
    fields?: Readonly<Record<string, string | readonly string[]>>,
    headers?: Record<string, string>,
  ): Promise<HttpReply>;
  /** Stored cookies by name. */
  readonly cookies: Map<string, string>;
}

/** Headers of the site's script. */
export const byScript = { "hx-request": "true" };

/** A new browser without cookies. */
export function aBrowser(): Browser {
  const cookies = new Map<string, string>();
  let token = "";

  async function ask(method: "GET" | "POST", target: string, headers: Record<string, string>, body?: string) {
    const [path = "", query = ""] = target.split(/\?(.*)/s);
    const cookie = cookieHeader(cookies);
    const handler = await handlerOf(method === "GET" ? "web/show-page" : "web/act");
    const reply = await call(handler, {
      method,
      path,
      query,
      headers: { ...(cookie && { cookie }), ...headers },
      ...(body !== undefined && { body }),
    });
    storeCookies(cookies, reply.cookies);
    token = /name="form_token" value="([^"]*)"/.exec(reply.text)?.[1] ?? token;
    return reply;
  }

  return {
    cookies,
    get: (target, headers = {}) => ask("GET", target, headers),
    send(path, fields = {}, headers = {}) {
      const body = new URLSearchParams({ form_token: token });
      for (const [name, value] of Object.entries(fields)) {
        body.delete(name);
        for (const each of [value].flat()) body.append(name, each);
      }
      const type = { "content-type": "application/x-www-form-urlencoded", origin: "http://localhost:8080" };
      return ask("POST", path, { ...type, ...headers }, body.toString());
    },
  };
}
