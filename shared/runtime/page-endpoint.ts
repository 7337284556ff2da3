import { lazy } from "../caching/lazy.ts";
import type { Contract } from "../contracts/contract.ts";
import { endpoint as makeEndpoint, type Reply, type Request } from "../http/endpoint.ts";
import type { LambdaHandler } from "../http/lambda.ts";
import type { PresentProblem } from "../http/problem.ts";
import { htmlResponse } from "../web/site/html.ts";
import { problemPage } from "../web/site/problem-page.tsx";
import { stylesheet } from "../web/site/stylesheet.ts";
import { edge } from "./endpoint.ts";

/** Returns an HTML page as the response. */
export function pageResponse(html: string, status = 200): Response {
  return htmlResponse(html, stylesheet, status);
}

const presentProblem: PresentProblem = (problem) => pageResponse(problemPage(problem), problem.status);

const pageEdge = lazy(() => ({ ...edge(), presentProblem }));

/** Creates a handler for a contract that returns HTML, also for errors. */
export function pageEndpoint<const C extends Contract & { readonly page: true }>(
  contract: C,
  answer: (request: Request<C>) => Promise<Reply<C>>,
): LambdaHandler {
  return makeEndpoint(pageEdge, contract, answer);
}
