import { lazy } from "../../caching/lazy.ts";
import type { Contract } from "../../contracts/contract.ts";
import { SignInFailed, SignInRefused } from "../../domain/access/sign-in-errors.ts";
import { endpoint, type Reply, type Request } from "../../http/endpoint.ts";
import { NotSetUp } from "../../http/errors.ts";
import type { LambdaHandler } from "../../http/lambda.ts";
import { type Continuation, LeavingView, type SignInDeps } from "../../web/pages/sign-in/provider.tsx";
import { withCookies } from "../../web/site/site.ts";
import { baseUrlOf } from "../base-url.ts";
import { linkConfig } from "../config.ts";
import { edge } from "../endpoint.ts";
import { loadSecrets } from "../secrets.ts";
import { loadStyle, standalonePage, standaloneProblem } from "../site/standalone-page.ts";
import { log, makeKey } from "../system.ts";
import { provider } from "./provider.ts";

const signInEdge = lazy(() => ({
  ...edge(),
  presentProblem: standaloneProblem,
}));

interface Options<D> {
  /** Returns the stores that the step needs. */
  readonly stores: () => D;
  /** True to redirect to another site by a page instead of a header. */
  readonly withPage?: boolean;
}

/** Creates the handler of a step that redirects to another address. */
export function signInEndpoint<
  const C extends Contract & { readonly page: true; readonly response: null },
  D,
>(
  contract: C,
  step: (request: Request<C>, deps: SignInDeps & D) => Promise<Continuation>,
  { stores, withPage = false }: Options<D>,
): LambdaHandler {
  return endpoint(signInEdge, contract, async (request) => {
    await loadStyle();
    const { to, cookies } = await step(request, {
      ...(await depsOf(request.headers)),
      ...stores(),
    }).catch(logged);
    const isElsewhere = withPage && !to.startsWith("/");
    return withCookies(isElsewhere ? leaving(to, request) : redirect(to), cookies) as Reply<C>;
  });
}

async function depsOf(headers: Headers): Promise<SignInDeps> {
  await loadSecrets(["SIGNING_SECRET", "OIDC_CLIENT_SECRET"]);
  const configured = provider();
  const secrets = linkConfig().SIGNING_SECRET;
  const [secret] = secrets;
  if (secret === undefined) throw new NotSetUp("Sign-in is disabled because SIGNING_SECRET is not set.");
  return {
    provider: configured,
    baseUrl: baseUrlOf(headers),
    secret,
    secrets,
    makeKey,
  };
}

function redirect(to: string): Response {
  return new Response(null, { status: 303, headers: { location: to } });
}

function leaving(to: string, request: { readonly headers: Headers; readonly now: number }): Response {
  const response = standalonePage({ title: "Signed out", content: LeavingView({ to }) }, request);
  response.headers.set("refresh", `0; url=${to}`);
  return response;
}

/** For `catch`: logs why someone could not sign in, without tokens and claims. */
function logged(error: unknown): never {
  if (error instanceof SignInFailed || error instanceof SignInRefused) {
    const { cause } = error;
    const reason = cause instanceof Error && "code" in cause ? cause.code : undefined;
    log().warn("sign-in failed", { error: error.message, reason });
  }
  throw error;
}
