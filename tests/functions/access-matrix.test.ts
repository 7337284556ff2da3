/** Sends each request and each form of the scenarios as every kind of caller, and compares who is permitted. */
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { findContracts } from "../../infra/build/contracts.ts";
import type { Contract } from "../../shared/contracts/contract.ts";
import { bySpecificity, matchPath, pathPattern } from "../../shared/contracts/path-template.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import type { ApiKey } from "../../shared/domain/access/api-key.ts";
import type { Right } from "../../shared/domain/access/rights.ts";
import type { Role } from "../../shared/domain/access/roles.ts";
import { limits } from "../../shared/domain/limits.ts";
import type { RequiredRight } from "../../shared/http/access.ts";
import { signPersonSession, signSession } from "../../shared/http/session/session.ts";
import { accountStore } from "../../shared/storage/access/account-store.ts";
import { apiKeyStore } from "../../shared/storage/access/api-key-store.ts";
import { roleStore } from "../../shared/storage/access/role-store.ts";
import { actions } from "../../shared/web/pages/all-actions.ts";
import { formToken } from "../../shared/web/site/forms/form-token.ts";
import { type ActionName, actionRoutes, pageOfAction, pageRoutes } from "../../shared/web/site/routes.ts";
import { anAccount, anApiKey, unique } from "../support/builders.ts";
import { driveAll, setDrivenEnvironment } from "../support/drive/drive-all.ts";
import { createDriver, type FormFields, queueOf } from "../support/drive/driver.ts";
import { call, type HttpRequest, handlerOf } from "../support/functions/lambda.ts";
import { siteSecret } from "../support/functions/site.ts";
import { recorder } from "../support/recorded-clients.ts";

const root = resolve(import.meta.dirname, "../..");
const contracts = await findContracts(root);

const recorded = vi.hoisted(() => ({ clients: undefined as unknown as ReturnType<typeof recorder> }));
vi.mock("../../shared/runtime/table.ts", () => ({ table: () => recorded.clients.table }));
vi.mock("../../shared/runtime/system.ts", async (original) => ({
  ...(await original<typeof import("../../shared/runtime/system.ts")>()),
  sqs: () => recorded.clients.sqs,
}));
vi.mock("../../shared/runtime/secrets.ts", () => ({ loadSecrets: async () => {} }));
recorded.clients = recorder({
  nowMs: () => Date.now(),
  queueOf: (url) => queueOf(url),
  limitedAction: () => undefined,
});

/** Callers by name. The things of the scenarios belong to the teams payments and search, or to none. */
const keys: Readonly<Record<string, Partial<ApiKey>>> = {
  "key: ingest": { scopes: ["ingest"] },
  "key: read": { scopes: ["read"] },
  "key: write": { scopes: ["write"] },
  "key: write, this team": { scopes: ["write"], teams: ["payments", "search"] },
  "key: write, another team": { scopes: ["write"], teams: ["elsewhere"] },
  "key: admin": { scopes: ["admin"] },
};

const noKey = "no key";

const teams = ["payments", "search"];

/** Roles of people by name: in all teams (null), or in some. */
const people: Readonly<Record<string, { readonly role: Role; readonly teams: readonly (string | null)[] }>> =
  {
    "person: viewer": { role: "viewer", teams: [null] },
    "person: responder, this team": { role: "responder", teams },
    "person: manager, this team": { role: "manager", teams },
    "person: manager, another team": { role: "manager", teams: ["elsewhere"] },
    "person: manager": { role: "manager", teams: [null] },
    "person: admin": { role: "admin", teams: [null] },
  };
const emailOf = (name: string) => `${name.replaceAll(/\W+/g, "-")}@example.com`;
const callers = [...Object.keys(keys), ...Object.keys(people)];

type Outcome = "permitted" | "403" | "sign in" | `unexpected ${string}`;
type Outcomes = Readonly<Record<string, Outcome>>;

/** Outcomes of each endpoint and form, by caller. */
const results = new Map<string, Outcomes>();
/** Links that the pages of forms show to people, with how they are answered, if not with a page. */
const brokenLinks: (readonly [person: string, page: string, href: string, answer: string])[] = [];
/** Links that were opened, by person. */
const opened = new Set<string>();
/** People whom the page of a form shows it to, at the time of its first submission. */
const shownTo = new Map<ActionName, readonly string[]>();
let restoreEnvironment: () => void;

beforeAll(async () => {
  restoreEnvironment = await setDrivenEnvironment();
  const secrets = new Map<string, string>();
  const driver = await createDriver(root, recorded.clients, { request, form });
  for (const [name, fields] of Object.entries(keys)) {
    const secret = `ipk_${unique("k").padEnd(43, "0")}`;
    secrets.set(name, secret);
    await apiKeyStore(recorded.clients.stored).create(
      anApiKey({ id: `key_${name}`, keyDigest: sha256(secret), ...fields }),
    );
  }
  for (const [index, name] of Object.keys(people).entries()) {
    const identity = { issuer: process.env.OIDC_ISSUER ?? "", subject: name };
    const account = anAccount({ id: `acc_${index}`, email: emailOf(name), name, identity });
    await accountStore(recorded.clients.stored).create(account);
  }
  await driveAll(driver);

  async function request(name: string, { method, path, right }: Contract, sent: HttpRequest): Promise<void> {
    const line = `${method} ${path}`;
    if (right === null || results.has(line)) return;
    const found = contracts.find((each) => each.name === name);
    const handler = await handlerOf(`${found?.folder}/${name}`);
    const ask = async (headers: Record<string, string>): Promise<Outcome> => {
      const own = sent.headers?.["idempotency-key"] && { "idempotency-key": unique("k") };
      const { status, text } = await call(handler, { ...sent, headers: { ...headers, ...own } });
      if (status === 401) return "sign in";
      if (status === 403) return "403";
      // A key for push that is not configured does not exist.
      const isAbsent = status === 404 && method === "GET";
      return status < 400 || isAbsent ? "permitted" : `unexpected ${status} ${text}`;
    };
    results.set(
      line,
      await outcomesOf((caller) => {
        const secret = secrets.get(caller);
        if (secret) return ask({ "x-api-key": secret });
        const session = sessionOf(caller);
        return ask(session ? { cookie: `session=${session}`, "sec-fetch-site": "same-origin" } : {});
      }),
    );
  }

  async function form(path: string, fields: FormFields): Promise<void> {
    const name = actionAt(path);
    const isLast = fields.op === undefined || fields.op === "save" || fields.op === "create";
    if (results.has(name) || !isLast || (await actions[name]()).right === null) return;
    shownTo.set(name, await peopleWhoSee(name, path));
    results.set(
      name,
      await outcomesOf((caller) => {
        const secret = secrets.get(caller);
        const session = secret
          ? signSession({ sha256: sha256(secret) }, siteSecret, "n", Date.now())
          : sessionOf(caller);
        return submit(path, fields, session);
      }),
    );
  }

  async function peopleWhoSee(name: ActionName, path: string): Promise<readonly string[]> {
    const page = pageOfAction(name, matchPath(pathPattern(actionRoutes[name]), path) ?? {});
    const viewers: string[] = [];
    await aside(Object.keys(people), async (person) => {
      const { text } = await showPage(page, person);
      await openLinks(person, page, text);
      const forms = [...text.matchAll(/<form method="post" action="([^"]*)"/g)].map(
        ([, action = ""]) => action,
      );
      // The page of an incident has its number in the paths of forms.
      const isOfPage = (action: string) =>
        decodeURIComponent(action) === decodeURIComponent(path) ||
        (page.startsWith("/incidents/") && actionAt(action) === name);
      if (forms.some(isOfPage)) viewers.push(person);
    });
    return viewers;
  }

  /** Opens each link of a page to another page of the site, but not to its files, once for each person. */
  async function openLinks(person: string, page: string, text: string): Promise<void> {
    const hrefs = [...text.matchAll(/\shref="(\/[^"]*)"/g)].map(([, href = ""]) =>
      href.replaceAll("&amp;", "&"),
    );
    for (const href of hrefs) {
      const [path = ""] = href.split("?");
      const route = Object.values(pageRoutes).find((each) => matchPath(pathPattern(each), path));
      if (!route || href.includes("csv=") || opened.has(`${person} ${href}`)) continue;
      opened.add(`${person} ${href}`);
      const { status, headers } = await showPage(href, person);
      const isMoved = status === 303 && route !== pageRoutes.settings;
      if (status >= 400 || isMoved) brokenLinks.push([person, page, href, headers.location ?? `${status}`]);
    }
  }

  async function outcomesOf(ask: (caller: string) => Promise<Outcome>): Promise<Outcomes> {
    const outcomes: Record<string, Outcome> = {};
    await aside([noKey, ...callers], async (name) => {
      outcomes[name] = await ask(name);
    });
    return outcomes;
  }

  /**
   * Runs work for each caller on a copy of the table, in which the people have their roles, when no others are
   * cached.
   */
  function aside(names: readonly string[], run: (name: string) => Promise<void>): Promise<void> {
    const now = Date.now();
    return recorded.clients.aside(async () => {
      vi.setSystemTime(now + limits.roleCacheSeconds * 1_000);
      const roles = roleStore(recorded.clients.stored);
      for (const team of [null, ...teams, "elsewhere"]) {
        const held = Object.entries(people).filter(([, person]) => person.teams.includes(team));
        const assignments = held.map(([name, { role }]) => ({ role, email: emailOf(name) }));
        const known = await roles.find(team);
        await roles.replace(known, { ...known, assignments });
      }
      try {
        for (const name of names) await recorded.clients.aside(() => run(name));
      } finally {
        vi.setSystemTime(now);
      }
    });
  }
});

afterAll(() => restoreEnvironment());

/** Returns a session of a person; null for other callers. */
function sessionOf(name: string): string | null {
  const index = Object.keys(people).indexOf(name);
  if (index < 0) return null;
  const identity = { issuer: process.env.OIDC_ISSUER ?? "", subject: name };
  const session = { accountId: `acc_${index}`, identity, id: "s", providerSessionId: null };
  return signPersonSession({ ...session, issuedAt: Date.now() }, siteSecret);
}

async function showPage(target: string, person: string) {
  const [path = "", query = ""] = target.split("?");
  const headers = { cookie: `visitor=browser; session=${sessionOf(person)}` };
  return call(await handlerOf("web/show-page"), { path, query, headers });
}

async function submit(path: string, fields: FormFields, session: string | null): Promise<Outcome> {
  const token = formToken({ browserId: "browser", session }, siteSecret);
  const body = new URLSearchParams({ form_token: token });
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value].flat()) body.append(name, each);
  }
  const { status, headers, text } = await call(await handlerOf("web/act"), {
    method: "POST",
    path,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      origin: "http://localhost:8080",
      cookie: `visitor=browser${session === null ? "" : `; session=${session}`}`,
    },
    body: body.toString(),
  });
  if (status === 403) return "403";
  if (headers.location?.startsWith("/sign-in?")) return "sign in";
  return status < 400 ? "permitted" : `unexpected ${status} ${text.slice(0, 300)}`;
}

function actionAt(path: string): ActionName {
  const names = (Object.keys(actionRoutes) as ActionName[]).toSorted((a, b) =>
    bySpecificity(actionRoutes[a], actionRoutes[b]),
  );
  const name = names.find((each) => matchPath(pathPattern(actionRoutes[each]), path));
  if (!name) throw new Error(`No form at ${path}`);
  return name;
}

/** Endpoints and forms whose things in the scenarios belong to no team. */
const ofNoTeam: ReadonlySet<string> = new Set([
  "POST /api/v1/silences",
  "PATCH /api/v1/silences/{id}",
  "DELETE /api/v1/silences/{id}",
  "POST /api/v1/heartbeats",
  "PATCH /api/v1/heartbeats/{id}",
  "DELETE /api/v1/heartbeats/{id}",
  "POST /api/v1/heartbeats/{id}/rotate",
  "POST /api/v1/integrations",
  "PATCH /api/v1/integrations/{id}",
]);

function expectedOf(name: string, { right, team }: RequiredRight): Outcomes {
  const inTeam = team !== undefined && !ofNoTeam.has(name);
  const permitted = permittedTo(right, inTeam);
  return Object.fromEntries(
    [noKey, ...callers].map((caller) => {
      // Monitoring systems send alerts with keys, so that endpoint does not look for sessions.
      if (caller === noKey || (right === "ingest" && caller in people)) return [caller, "sign in"];
      return [caller, permitted.includes(caller) ? "permitted" : "403"];
    }),
  );
}

/** Callers who have a right for a thing of team payments, or for one of no team. */
function permittedTo(right: Right | null, inTeam: boolean): readonly string[] {
  const writers = ["key: write", "key: admin", ...(inTeam ? ["key: write, this team"] : [])];
  const managers = ["person: manager", "person: admin", ...(inTeam ? ["person: manager, this team"] : [])];
  switch (right) {
    case null:
    case "identify":
      return callers;
    case "ingest":
      return ["key: ingest", "key: admin"];
    case "read":
      return callers.filter((name) => name !== "key: ingest");
    case "respond":
      return [...writers, ...managers, ...(inTeam ? ["person: responder, this team"] : [])];
    case "cover":
    case "manage":
      return [...writers, ...managers];
    case "profile":
      return ["key: write", "key: admin", "person: admin"];
    case "provision":
      return ["key: admin"];
    case "administer":
      return ["key: admin", "person: admin"];
  }
}

test.each(contracts.filter(({ contract }) => contract.right !== null))(
  "$name is for those who may",
  ({ contract }) => {
    const line = `${contract.method} ${contract.path}`;
    expect(results.get(line)).toEqual(expectedOf(line, contract));
  },
);

test.each(Object.keys(actionRoutes) as ActionName[])("the form %s is for those who may", async (name) => {
  const action = await actions[name]();
  if (action.right === null) expect(publicForms).toContain(name);
  else expect(results.get(name)).toEqual(expectedOf(name, action));
});

/** Forms whose sender chooses the team: people with the right in any team see them. */
const ofChosenTeam: ReadonlySet<ActionName> = new Set([
  "create-heartbeat",
  "create-incident",
  "create-integration",
  "create-schedule",
  "create-silence",
  "create-webhook",
  "edit-service", // one without settings, which any team can take
  "save-service",
]);

/** Forms for shifts, which responders see for their own. The scenarios override those of others. */
const ofOwnShifts: ReadonlySet<string> = new Set(["override-on-call", "take-over"]);

/** Forms on other pages than their path's, or that the scenarios submit while their page does not show them. */
const shownElsewhere: readonly ActionName[] = [
  "hide-setup",
  "send-test-alert",
  "change-views",
  "save-readiness",
  "delete-service",
  "forget-user",
  "change-team-channels",
];

test("pages show a form to those who may submit it, and to nobody else", () => {
  const isPermitted = (name: string) => (person: string) =>
    results.get(name)?.[person] === "permitted" ||
    (ofOwnShifts.has(name) && person === "person: responder, this team");
  const onTheirPage = [...shownTo].filter(([name, viewers]) => viewers.length > 0 && !ofChosenTeam.has(name));
  expect(Object.fromEntries(onTheirPage)).toEqual(
    Object.fromEntries(onTheirPage.map(([name]) => [name, Object.keys(people).filter(isPermitted(name))])),
  );
  expect([...shownTo.keys()].filter((name) => shownTo.get(name)?.length === 0)).toEqual(shownElsewhere);
});

test("pages link only to pages that the person may open", () => {
  expect(opened.size).toBeGreaterThan(500);
  expect(brokenLinks).toEqual([]);
});

const publicForms: readonly ActionName[] = ["sign-in", "sign-out", "remember-name", "choose-time-zone"];
