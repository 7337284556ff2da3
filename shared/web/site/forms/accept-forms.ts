import { honoPath } from "../../../contracts/path-template.ts";
import { AccessDenied } from "../../../domain/access/access-denied.ts";
import { actorOf } from "../../../domain/access/actor-of.ts";
import { askForIt } from "../../../domain/access/describe-denial.ts";
import { EditConflict, Invalid } from "../../../domain/errors.ts";
import { count } from "../../../domain/text/count.ts";
import { administratorsFor, requireEarly, requireOwnOrigin } from "../../../http/access.ts";
import { requireNamed } from "../../../http/authorization.ts";
import { ForeignForm, NotSetUp } from "../../../http/errors.ts";
import { type LambdaHandler, lambda } from "../../../http/lambda.ts";
import { readBody } from "../../../http/request/body.ts";
import { parse } from "../../../http/request/query.ts";
import { isSecure } from "../../../http/session/cookies.ts";
import { withActor } from "../../../telemetry/context.ts";
import { withAuthorization } from "../../../telemetry/current-caller.ts";
import type { BoundAction, Submission } from "../action.ts";
import { flashCookie } from "../flash.ts";
import { ownPath } from "../own-path.ts";
import { recognize } from "../recognize.ts";
import { permittedPageAt, renderForm, renderPage } from "../render-page.ts";
import { type ActionName, actionRoutes, pageOfAction, webPaths } from "../routes.ts";
import {
  type Pages,
  redirect,
  redirectToSignIn,
  type SiteDeps,
  siteApp,
  wantsFragment,
  withCookies,
} from "../site.ts";
import { fieldOf, parseForm, readForm } from "./form.ts";
import { isFormToken } from "./form-token.ts";

/** Name of an actor who has not set a name. */
const unnamedActor = "someone";

/**
 * Creates the Lambda handler of the forms.
 *
 * @param pages pages that our script shows after a form was submitted
 */
export function acceptForms(
  deps: SiteDeps,
  actions: Readonly<Record<ActionName, () => Promise<BoundAction>>>,
  pages: Pages,
): LambdaHandler {
  const app = siteApp(deps);
  for (const name of Object.keys(actionRoutes) as ActionName[]) {
    const path = actionRoutes[name];
    app.post(honoPath(path), async (context) => {
      context.set("route", { service: "web", path });
      const { raw } = context.req;
      const params = context.req.param();
      return acceptForm(deps, pages, { name, action: await actions[name](), raw, params });
    });
  }
  return lambda(app, Object.keys(webPaths));
}

async function acceptForm(
  deps: SiteDeps,
  pages: Pages,
  {
    name,
    action,
    raw,
    params,
  }: {
    readonly name: ActionName;
    readonly action: BoundAction;
    readonly raw: Request;
    readonly params: Record<string, string>;
  },
): Promise<Response> {
  const { headers } = raw;
  const { clock, access, recordDenial } = deps.edge();
  const now = clock();
  requireOwnOrigin(access, headers);
  const rules = await deps.rules();
  const [secret] = rules.secrets;
  if (secret === undefined) {
    throw new NotSetUp(
      "Forms are disabled because SIGNING_SECRET is not set. Ask an administrator to set it. The API is not affected.",
    );
  }
  const recognized = await recognize(rules, headers, now);
  const fields = readForm(await readBody(raw));
  const back = ownPath(fieldOf(fields, "back") ?? pageOfAction(name, params));
  const { viewer, caller } = recognized;
  const { right } = action;
  if (!caller && right !== null) return redirectToSignIn(headers, back);
  if (caller) requireEarly(caller, action);
  if (!isFormToken(fieldOf(fields, "form_token") ?? "", recognized.owner, rules.secrets))
    throw new ForeignForm("The form has expired. Go back, reload the page and submit the form again.");
  const actor = viewer.name ?? unnamedActor;
  const { pathname: here } = new URL(raw.url);
  const context = { params: parse(action.params, params), fields, now, viewer, here, actor, back, headers };
  const recorded = { right, method: raw.method, path: here };
  const who = caller ? actorOf(caller.principal) : { actor };
  const outcome = await withActor({ ...who, actor: who.actor ?? actor, ...recorded }, async () => {
    const form = parseForm(action.form, fields);
    if (caller) requireNamed(caller, action, context.params, form);
    const submission = { ...context, form } as unknown as Submission<never, never>;
    return withAuthorization(caller ?? null, right, () => action.act(submission));
  }).catch(async (error: unknown) => {
    const isShown = error instanceof Invalid || error instanceof EditConflict;
    if (action.errorsInPlace && isShown) return error;
    if (caller && error instanceof AccessDenied)
      throw denialWithHelp(error, await administratorsFor(access, caller, now));
    throw error;
  });
  if (outcome instanceof Invalid || outcome instanceof EditConflict) {
    const shown = await permittedPageAt(pages, back, caller);
    if (!shown) throw outcome;
    const { faults } = outcome;
    return renderPage(deps, {
      ...shown,
      headers,
      viewer,
      flash: { kind: "trouble", text: `Check ${count(faults.length, "field")} and try again.` },
      formErrors: { action: name, values: Object.fromEntries(fields), faults },
      errorStatus: outcome instanceof Invalid ? 422 : 409,
      now,
    });
  }
  if ("content" in outcome) return renderForm(deps, outcome, context);
  const { to, flash = null, newSecret, cookies = [], denials = [] } = outcome;
  for (const { attempt } of denials)
    await recordDenial?.(attempt, { method: raw.method, path: here, route: actionRoutes[name] });
  // A redirect to another page changes the address.
  const inPlace = newSecret !== undefined || (wantsFragment(headers) && cookies.length === 0 && to === back);
  const shown = inPlace ? await permittedPageAt(pages, to, caller) : undefined;
  if (shown) return renderPage(deps, { ...shown, headers, viewer, flash, formErrors: null, newSecret, now });
  const secure = isSecure(headers);
  const kept = flash ? [flashCookie(flash, secret, secure)] : [];
  return withCookies(redirect(headers, to), [...cookies, ...kept]);
}

/** Returns a denial that also says who can give the permission. */
function denialWithHelp({ message, attempt }: AccessDenied, administrators: readonly string[]): AccessDenied {
  return new AccessDenied(`${message}. ${askForIt(administrators)}`, attempt);
}
