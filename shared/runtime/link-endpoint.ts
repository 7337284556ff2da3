import { lazy } from "../caching/lazy.ts";
import type { Contract } from "../contracts/contract.ts";
import { endpoint as makeEndpoint, type Reply, type Request } from "../http/endpoint.ts";
import type { LambdaHandler } from "../http/lambda.ts";
import type { Problem } from "../http/problem.ts";
import type { LinkRedirect } from "../web/pages/link/page.tsx";
import { assetUrls } from "../web/site/assets.ts";
import { type AssetUrls, frame } from "../web/site/frame.tsx";
import { standaloneResponse } from "../web/site/html.ts";
import type { Shown } from "../web/site/page.ts";
import { problemPage } from "../web/site/problem-page.tsx";
import { anonymous } from "../web/site/viewer.ts";
import { edge } from "./endpoint.ts";
import { clock } from "./system.ts";

/** Loaded by the first request. An incident can be acknowledged without a style. */
let urls: AssetUrls | undefined;

const linkEdge = lazy(() => ({
  ...edge(),
  access: { ...edge().access, withoutReferrer: true as const },
  presentProblem: (problem: Problem) =>
    problemPage(problem, { assets: urls, now: clock(), standalone: true }),
}));

/** Creates a handler for a contract that returns the page of a link, also for errors. */
export function linkEndpoint<const C extends Contract & { readonly page: true; readonly response: null }, U>(
  contract: C,
  show: (request: Request<C>, useCases: U) => Promise<Shown | LinkRedirect>,
  useCases: U,
): LambdaHandler {
  return makeEndpoint(linkEdge, contract, async (request) => {
    urls ??= await assetUrls().catch(() => undefined);
    const shown = await show(request, useCases);
    if ("to" in shown)
      return new Response(null, { status: 303, headers: { location: shown.to } }) as Reply<C>;
    const { title, content, status = 200 } = shown;
    const { now, headers } = request;
    const html = frame({ title, content, assets: urls, viewer: anonymous, now, standalone: true });
    return standaloneResponse(html, status, headers) as Reply<C>;
  });
}
