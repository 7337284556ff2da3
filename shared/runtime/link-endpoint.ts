import { lazy } from "../caching/lazy.ts";
import type { Contract } from "../contracts/contract.ts";
import { endpoint as makeEndpoint, type Reply, type Request } from "../http/endpoint.ts";
import type { LambdaHandler } from "../http/lambda.ts";
import type { LinkRedirect } from "../web/pages/link/page.tsx";
import type { Shown } from "../web/site/page.ts";
import { edge } from "./endpoint.ts";
import { loadStyle, standalonePage, standaloneProblem } from "./site/standalone-page.ts";

const linkEdge = lazy(() => ({
  ...edge(),
  access: { ...edge().access, withoutReferrer: true as const },
  presentProblem: standaloneProblem,
}));

/** Creates a handler for a contract that returns the page of a link, also for errors. */
export function linkEndpoint<const C extends Contract & { readonly page: true; readonly response: null }, U>(
  contract: C,
  show: (request: Request<C>, useCases: U) => Promise<Shown | LinkRedirect>,
  useCases: U,
): LambdaHandler {
  return makeEndpoint(linkEdge, contract, async (request) => {
    await loadStyle();
    const shown = await show(request, useCases);
    if ("to" in shown)
      return new Response(null, { status: 303, headers: { location: shown.to } }) as Reply<C>;
    return standalonePage(shown, request) as Reply<C>;
  });
}
