/** Pages outside the site, without navigation: of links in messages, and of sign-ins. */
import type { Problem } from "../../http/problem.ts";
import { assetUrls } from "../../web/site/assets.ts";
import { type AssetUrls, frame } from "../../web/site/frame.tsx";
import { standaloneResponse } from "../../web/site/html.ts";
import type { Shown } from "../../web/site/page.ts";
import { problemPage } from "../../web/site/problem-page.tsx";
import { anonymous } from "../../web/site/viewer.ts";
import { clock } from "../system.ts";

/** Loaded by the first request. An incident can be acknowledged, and people can sign in, without a style. */
let urls: AssetUrls | undefined;

export async function loadStyle(): Promise<void> {
  urls ??= await assetUrls().catch(() => undefined);
}

export function standaloneProblem(problem: Problem): Response {
  return problemPage(problem, { assets: urls, now: clock(), standalone: true });
}

export function standalonePage(
  { title, content, status = 200 }: Pick<Shown, "title" | "content" | "status">,
  { headers, now }: { readonly headers: Headers; readonly now: number },
): Response {
  const html = frame({ title, content, assets: urls, viewer: anonymous, now, standalone: true });
  return standaloneResponse(html, status, headers);
}
