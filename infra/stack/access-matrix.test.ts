/** Sends each request and each form of the scenarios as every kind of caller, and compares who is permitted. */
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Contract } from "../../shared/contracts/contract.ts";
import { bySpecificity, matchPath, pathPattern } from "../../shared/contracts/path-template.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import type { ApiKey } from "../../shared/domain/access/api-key.ts";
import type { Right } from "../../shared/domain/access/rights.ts";
import type { RequiredRight } from "../../shared/http/access.ts";
import { signSession } from "../../shared/http/session/session.ts";
import { apiKeyStore } from "../../shared/storage/access/api-key-store.ts";
import { actions } from "../../shared/web/pages/all-actions.ts";
import { formToken } from "../../shared/web/site/forms/form-token.ts";
import { type ActionName, actionRoutes } from "../../shared/web/site/routes.ts";
import { anApiKey, unique } from "../../tests/support/builders.ts";
import { driveAll, setDrivenEnvironment } from "../../tests/support/drive/drive-all.ts";
import { createDriver, type FormFields, queueOf } from "../../tests/support/drive/driver.ts";
import { call, type HttpRequest, handlerOf } from "../../tests/support/functions/lambda.ts";
import { siteSecret } from "../../tests/support/functions/site.ts";
import { recorder } from "../../tests/support/recorded-clients.ts";
import { findContracts } from "../build/contracts.ts";

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

type CallerName = keyof typeof keys;
const noKey = "no key";

type Outcome = "permitted" | "403" | "sign in" | `unexpected ${string}`;
type Outcomes = Readonly<Record<string, Outcome>>;

/** Outcomes of each endpoint and form, by caller. */
const results = new Map<string, Outcomes>();
let restoreEnvironment: () => void;

beforeAll(async () => {
  restoreEnvironment = await setDrivenEnvironment();
  const secrets = new Map<CallerName, string>();
  const driver = await createDriver(root, recorded.clients, { request, form });
  for (const [name, fields] of Object.entries(keys)) {
    const secret = `ipk_${unique("k").padEnd(43, "0")}`;
    secrets.set(name, secret);
    await apiKeyStore(recorded.clients.stored).create(
      anApiKey({ id: `key_${name}`, keyDigest: sha256(secret), ...fields }),
    );
  }
  await driveAll(driver);

  async function request(name: string, { method, path, right }: Contract, sent: HttpRequest): Promise<void> {
    const line = `${method} ${path}`;
    if (right === null || results.has(line)) return;
    const found = contracts.find((each) => each.name === name);
    const handler = await handlerOf(`${found?.folder}/${name}`);
    const ask = (headers: Record<string, string>) =>
      recorded.clients.aside(async (): Promise<Outcome> => {
        const own = sent.headers?.["idempotency-key"] && { "idempotency-key": unique("k") };
        const { status, text } = await call(handler, { ...sent, headers: { ...headers, ...own } });
        if (status === 401) return "sign in";
        if (status === 403) return "403";
        // A key for push that is not configured does not exist.
        const isAbsent = status === 404 && method === "GET";
        return status < 400 || isAbsent ? "permitted" : `unexpected ${status} ${text}`;
      });
    results.set(line, await outcomesOf((secret) => ask(secret ? { "x-api-key": secret } : {})));
  }

  async function form(path: string, fields: FormFields): Promise<void> {
    const name = actionAt(path);
    const isLast = fields.op === undefined || fields.op === "save" || fields.op === "create";
    if (results.has(name) || !isLast || (await actions[name]()).right === null) return;
    results.set(
      name,
      await outcomesOf((secret) => recorded.clients.aside(() => submit(path, fields, secret))),
    );
  }

  async function outcomesOf(ask: (secret: string | undefined) => Promise<Outcome>): Promise<Outcomes> {
    const outcomes: Record<string, Outcome> = { [noKey]: await ask(undefined) };
    for (const [name, secret] of secrets) outcomes[name] = await ask(secret);
    return outcomes;
  }
}, 120_000);

afterAll(() => restoreEnvironment());

/** Submits a form in a session of its own. */
async function submit(path: string, fields: FormFields, secret: string | undefined): Promise<Outcome> {
  const now = Date.now();
  const session = secret === undefined ? null : signSession({ sha256: sha256(secret) }, siteSecret, "n", now);
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
    [noKey, ...Object.keys(keys)].map((caller) => {
      if (caller === noKey) return [caller, "sign in"];
      return [caller, permitted.includes(caller) ? "permitted" : "403"];
    }),
  );
}

/** Callers who have a right for a thing of team payments, or for one of no team. */
function permittedTo(right: Right | null, inTeam: boolean): readonly string[] {
  const writers = ["key: write", "key: admin", ...(inTeam ? ["key: write, this team"] : [])];
  switch (right) {
    case null:
    case "identify":
      return Object.keys(keys);
    case "ingest":
      return ["key: ingest", "key: admin"];
    case "read":
      return Object.keys(keys).filter((name) => name !== "key: ingest");
    case "respond":
    case "cover":
    case "manage":
    case "profile":
      return writers;
    case "provision":
    case "administer":
      return ["key: admin"];
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

const publicForms: readonly ActionName[] = ["sign-in", "sign-out", "remember-name", "choose-time-zone"];
