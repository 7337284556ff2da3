/** The site that people use: pages that are looked at, and actions that forms send. */
import { Hono } from "hono";
import type { Child } from "hono/jsx";
import type * as z from "zod";
import type { Scope } from "../contracts/contract.ts";
import {
  type ActionName,
  actionRoutes,
  type PageName,
  pageRoutes,
  type Refused,
} from "../contracts/web/routes.ts";
import { EditConflict, Invalid } from "../domain/errors.ts";
import { actingAs } from "../telemetry/context.ts";
import type { PageRequest } from "../use-cases/ports/page.ts";
import type { Ulid } from "../use-cases/ports/system.ts";
import { refuseForeignForms } from "./access.ts";
import { readBody } from "./body.ts";
import { cookie, isSecure, readCookie } from "./cookies.ts";
import { encodeCursor } from "./cursor.ts";
import { type EdgeDeps, respond } from "./endpoint.ts";
import { ForeignForm, NoSuchPath, NotSetUp } from "./errors.ts";
import { type Flash, packFlash, unpackFlash } from "./flash.ts";
import { type FormFields, type FormSchema, fieldOf, parseForm, readForm } from "./form.ts";
import { isFormToken } from "./form-token.ts";
import { siteResponse } from "./html.ts";
import { type LambdaHandler, lambda } from "./lambda.ts";
import { ownPath } from "./own-path.ts";
import { filtersOf, pageOf, parse } from "./query.ts";
import { isAdmitted, mayDo, type Recognised, recognise, type Visitor, type VisitorRules } from "./visitor.ts";

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;
type Schema = z.ZodObject | undefined;

/** A page that is asked for. */
export interface Visit<P = unknown, Q = unknown> {
  readonly params: P;
  readonly query: Q;
  /** The page of a list that is asked for. */
  readonly page: PageRequest;
  /** A position as the cursor that leads to it. */
  readonly cursor: (position: string | null) => string | null;
  /** Path and query of this very page: where its forms lead back to. */
  readonly here: string;
  readonly host: string;
  readonly headers: Headers;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly visitor: Visitor;
  /** A form that was sent from this page and has faults. */
  readonly refused: Refused | null;
  /** What the action that led here tells this once. */
  readonly told: string | null;
}

/** What a page shows. */
export interface Shown {
  /** For the window; nothing that others have written. */
  readonly title: string;
  readonly content: Child;
  /** How often an open page asks for news; absent: never. */
  readonly everySeconds?: number;
  /** 200 unless it says otherwise. */
  readonly status?: number;
}

export interface Page {
  readonly name: PageName;
  readonly scope: Scope;
  readonly show: (visit: Visit<never, never>) => Promise<Shown>;
  readonly params: Schema;
  readonly query: Schema;
}

/** @param show what the page shows, from what it is asked for; it changes nothing */
export function page<P extends Schema = undefined, Q extends Schema = undefined>(
  name: PageName,
  { scope = "read", params, query }: { scope?: Scope; params?: P; query?: Q },
  show: (visit: Visit<Output<P>, Output<Q>>) => Promise<Shown>,
): Page {
  return { name, scope, params, query, show };
}

/** A form that was sent. */
export interface Sent<P = unknown, F = unknown> {
  readonly params: P;
  readonly form: F;
  /** All that was sent, for forms whose fields are as many as somebody likes. */
  readonly fields: FormFields;
  readonly now: number;
  readonly ulid: Ulid;
  readonly visitor: Visitor;
  /** Path of the form itself. */
  readonly here: string;
  /** In whose name it is done. */
  readonly actor: string;
  /** The page that the form was on. */
  readonly back: string;
  readonly headers: Headers;
}

/** What came of an action. */
export interface Done {
  /** The page that shows it. */
  readonly to: string;
  readonly flash?: Flash;
  /** A secret that the page shows in the very answer to the form: no address, cookie or history leads to it. */
  readonly told?: string;
  /** Of the names that it gives to the browser. */
  readonly cookies?: readonly string[];
}

/** A page that shows the form again as it was filled in: something is to be mended, or goes on. */
export interface Drawn extends Shown {
  readonly page: PageName;
  /** Who runs our script gets it as content like any other: 200. */
  readonly status: 200 | 409 | 422;
  readonly flash?: Flash;
}

export interface Action {
  readonly name: ActionName;
  readonly scope: Scope;
  readonly params: Schema;
  readonly form: FormSchema;
  /** The page that the form is on shows its faults, each at its field. */
  readonly faultsInPlace: boolean;
  readonly act: (sent: Sent<never, never>) => Promise<Done | Drawn>;
}

export function action<F extends FormSchema, P extends Schema = undefined>(
  name: ActionName,
  {
    scope = "write",
    faultsInPlace = false,
    params,
    form,
  }: { scope?: Scope; faultsInPlace?: boolean; params?: P; form: F },
  act: (sent: Sent<Output<P>, z.output<F>>) => Promise<Done | Drawn>,
): Action {
  return { name, scope, params, form, faultsInPlace, act };
}

/** A page in what surrounds every page, or its content alone. */
export interface Framed extends Shown {
  readonly page: PageName;
  readonly visit: Pick<Visit, "visitor" | "here" | "now">;
  readonly flash: Flash | null;
  /** It takes the place of the content of a page that is open. */
  readonly fragment: boolean;
}

export interface SiteDeps {
  readonly edge: () => EdgeDeps;
  /** Made anew for each request, because secrets may come from the parameter store. */
  readonly rules: () => Promise<VisitorRules>;
  readonly frame: (framed: Framed) => Promise<string>;
  /** What is shown in place of a page to whoever's key doesn't reach that far. */
  readonly withheld: (page: Pick<Page, "name" | "scope">, visitor: Visitor) => Shown;
}

/** In whose name somebody acts who has not said who they are. */
export const somebody = "somebody";
const flashSeconds = 60;

/** The Lambda that shows pages, and the files that they load. */
export function pagesHandler(
  deps: SiteDeps,
  pages: readonly Page[],
  asset: (name: string, headers: Headers) => Promise<Response>,
): LambdaHandler {
  const app = new Hono({ strict: false });
  for (const shown of pages.toSorted(byPlaceholders)) {
    app.get(honoPath(pageRoutes[shown.name]), ({ req }) =>
      respond(deps.edge(), { service: "web", path: pageRoutes[shown.name] }, req.raw, () =>
        showPage(deps, shown, { raw: req.raw, params: req.param() }),
      ),
    );
  }
  app.get("/assets/:asset", ({ req }) =>
    respond(deps.edge(), { service: "web", path: "/assets/{asset}" }, req.raw, () =>
      asset(req.param("asset"), req.raw.headers),
    ),
  );
  app.notFound(({ req: { raw } }) => nothingHere(deps, raw));
  return lambda(app, false, Object.values(pageRoutes));
}

/** The Lambda that does what forms ask for; the pages are those that it shows afterwards to who runs our script. */
export function actionsHandler(
  deps: SiteDeps,
  actions: readonly Action[],
  pages: readonly Page[],
): LambdaHandler {
  const app = new Hono({ strict: false });
  for (const done of actions) {
    const path = actionRoutes[done.name];
    app.post(honoPath(path), ({ req }) =>
      respond(deps.edge(), { service: "web", path }, req.raw, () =>
        act(deps, done, pages, { raw: req.raw, params: req.param() }),
      ),
    );
  }
  app.notFound(({ req: { raw } }) => nothingHere(deps, raw));
  return lambda(app, true, Object.values(actionRoutes));
}

function nothingHere({ edge, rules }: SiteDeps, raw: Request): Promise<Response> {
  return respond(edge(), { service: "web", path: "*" }, raw, async () => {
    // With them comes what the page of the problem looks like.
    await rules();
    throw new NoSuchPath("There is no page at this address");
  });
}

interface Incoming {
  readonly raw: Request;
  readonly params: Record<string, string>;
}

async function showPage(deps: SiteDeps, shown: Page, { raw, params }: Incoming): Promise<Response> {
  const now = deps.edge().clock();
  const rules = await deps.rules();
  const recognised = await recognise(rules, raw.headers, now);
  const url = new URL(raw.url);
  const { key, visitor } = recognised;
  const reaches = !key || mayDo(rules, key, shown.scope);
  if (reaches && !isAdmitted(rules, recognised, shown.scope)) return toSignIn(raw, url.pathname + url.search);
  const page: Page = reaches
    ? shown
    : { ...shown, params: undefined, query: undefined, show: async () => deps.withheld(shown, visitor) };
  const fragment = wantsFragment(raw.headers);
  // News that an open page asks for by itself leave to the next page what is for it.
  const flash = fragment ? null : unpackFlash(readCookie(raw.headers, "flash"), rules.secrets);
  const { headers } = raw;
  const response = await render(deps, page, { url, params, headers, recognised, flash, refused: null, now });
  const secure = isSecure(raw.headers);
  const read = flash ? [cookie("flash", "", { secure, maxAgeSeconds: 0 })] : [];
  return withCookies(response, [...recognised.cookies, ...read]);
}

async function render(
  deps: SiteDeps,
  shown: Page,
  incoming: {
    readonly url: URL;
    readonly params: Record<string, string>;
    readonly headers: Headers;
    readonly recognised: Recognised;
    readonly flash: Flash | null;
    readonly refused: Refused | null;
    readonly refusedStatus?: 409 | 422;
    readonly told?: string | undefined;
    readonly now: number;
  },
): Promise<Response> {
  const {
    url,
    params,
    headers,
    recognised,
    flash,
    refused,
    refusedStatus = 422,
    told = null,
    now,
  } = incoming;
  // What a form left empty was not asked for.
  const asked = [...url.searchParams].filter(([, value]) => value !== "");
  const list = JSON.stringify([pageRoutes[shown.name], params, filtersOf(asked)]);
  const query = parse(shown.query, Object.fromEntries(asked));
  const visit: Visit = {
    params: parse(shown.params, params),
    query,
    page: pageOf(query, list),
    cursor: (position) => (position === null ? null : encodeCursor(list, position)),
    here: url.pathname + url.search,
    host: headers.get("host") ?? "localhost",
    headers,
    now,
    visitor: recognised.visitor,
    refused,
    told,
  };
  const content = await shown.show(visit as Visit<never, never>);
  const fragment = wantsFragment(headers);
  const html = await deps.frame({ ...content, page: shown.name, visit, flash, fragment });
  return siteResponse(html, refused ? refusedStatus : (content.status ?? 200), headers);
}

async function act(
  deps: SiteDeps,
  action: Action,
  pages: readonly Page[],
  { raw, params }: Incoming,
): Promise<Response> {
  const { name, scope, params: paramsSchema, form: formSchema, faultsInPlace } = action;
  const { clock, ulid, access } = deps.edge();
  const now = clock();
  refuseForeignForms(access, raw.headers);
  const rules = await deps.rules();
  const [secret] = rules.secrets;
  if (secret === undefined) {
    throw new NotSetUp(
      "This platform has no SIGNING_SECRET, so it can't tell its own forms from those of others and takes none. " +
        "Whoever runs it can set one; the API works meanwhile.",
    );
  }
  const recognised = await recognise(rules, raw.headers, now);
  const fields = readForm(await readBody(raw));
  const back = ownPath(fieldOf(fields, "back"));
  if (!isAdmitted(rules, recognised, scope)) return toSignIn(raw, back);
  if (!isFormToken(fieldOf(fields, "form_token") ?? "", recognised.owner, rules.secrets)) {
    throw new ForeignForm(
      "The form was not sent from a page of yours, or that page was too old. Go back, load it again and repeat " +
        "what you did.",
    );
  }
  const actor = recognised.visitor.name ?? somebody;
  const { headers } = raw;
  const { pathname: path } = new URL(raw.url);
  const { visitor } = recognised;
  const asked = parse(paramsSchema, params);
  const context = { params: asked, fields, now, ulid, visitor, here: path, actor, back, headers };
  const outcome = await actingAs({ actor, method: raw.method, path }, async () =>
    action.act({ ...context, form: parseForm(formSchema, fields) } as unknown as Sent<never, never>),
  ).catch((error: unknown) => {
    const isShown = error instanceof Invalid || error instanceof EditConflict;
    if (faultsInPlace && isShown) return error;
    throw error;
  });
  const fragment = wantsFragment(headers);
  if (outcome instanceof Invalid || outcome instanceof EditConflict) {
    const shown = pageAt(pages, back);
    if (!shown) throw outcome;
    const refused = { action: name, values: Object.fromEntries(fields), faults: outcome.faults };
    const flash = { kind: "trouble", text: "Nothing was done: see what is marked." } as const;
    const refusedStatus = outcome instanceof Invalid ? 422 : 409;
    return render(deps, shown.page, { ...shown, headers, recognised, flash, refused, refusedStatus, now });
  }
  if ("content" in outcome) return draw(deps, outcome, { visitor, here: path, now }, headers);
  const done = outcome;
  const { told } = done;
  // What leads elsewhere leads there by its address.
  const inPlace = told !== undefined || (fragment && !done.cookies && done.to === back);
  const shown = inPlace ? pageAt(pages, done.to) : undefined;
  if (shown) {
    const flash = done.flash ?? null;
    return render(deps, shown.page, { ...shown, headers, recognised, flash, refused: null, told, now });
  }
  const flash = done.flash
    ? [
        cookie("flash", packFlash(done.flash, secret), {
          secure: isSecure(raw.headers),
          maxAgeSeconds: flashSeconds,
        }),
      ]
    : [];
  return withCookies(redirect(raw, done.to), [...(done.cookies ?? []), ...flash]);
}

async function draw(
  deps: SiteDeps,
  { status, flash, ...shown }: Drawn,
  { visitor, here, now }: Pick<Sent, "visitor" | "here" | "now">,
  headers: Headers,
): Promise<Response> {
  const fragment = wantsFragment(headers);
  const html = await deps.frame({ ...shown, visit: { visitor, here, now }, flash: flash ?? null, fragment });
  return siteResponse(html, fragment ? 200 : status, headers);
}

/** The page that an address of this site is of. */
function pageAt(
  pages: readonly Page[],
  to: string,
): { page: Page; url: URL; params: Record<string, string> } | undefined {
  const url = new URL(to, "http://localhost");
  for (const page of pages.toSorted(byPlaceholders)) {
    const pattern = pageRoutes[page.name].replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)");
    const match = new RegExp(`^${pattern}$`).exec(url.pathname);
    if (!match) continue;
    const params = Object.entries(match.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]);
    return { page, url, params: Object.fromEntries(params) };
  }
  return undefined;
}

/** Names before placeholders. */
function byPlaceholders(a: Page, b: Page): number {
  return pageRoutes[a.name].split("{").length - pageRoutes[b.name].split("{").length;
}

function toSignIn(raw: Request, next: string): Response {
  return redirect(raw, `/sign-in?${new URLSearchParams({ next })}`);
}

/** See Other; our script is told to go there itself, because a redirect's page would land inside of the open one. */
function redirect(raw: Request, to: string): Response {
  return wantsFragment(raw.headers)
    ? new Response(null, { status: 204, headers: { "hx-redirect": to } })
    : new Response(null, { status: 303, headers: { location: to } });
}

/** Whether our script asks, which puts the content into a page that is open. */
function wantsFragment(headers: Headers): boolean {
  return headers.get("hx-request") === "true";
}

function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const each of cookies) response.headers.append("set-cookie", each);
  return response;
}

function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}
