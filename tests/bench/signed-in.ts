/** Cost of a page for someone who is signed in, beyond the same page of a platform without sign-in. */
import type { LambdaHandler } from "../../shared/http/lambda.ts";
import { signPersonSession, signSession } from "../../shared/http/session/session.ts";
import { table } from "../../shared/runtime/table.ts";
import { accountStore } from "../../shared/storage/access/account-store.ts";
import { apiKeyStore } from "../../shared/storage/access/api-key-store.ts";
import { roleStore } from "../../shared/storage/access/role-store.ts";
import { anAccount, anApiKey, anIncident } from "../support/builders.ts";
import { call } from "../support/functions/lambda.ts";
import { siteEnvironment, siteSecret } from "../support/functions/site.ts";
import { bundlePages } from "./bundle-pages.ts";
import { type Counts, countRows } from "./counts.ts";
import { type Cost, metered } from "./meter.ts";
import type { Row } from "./report.ts";
import { seedIncidents } from "./seed.ts";

const now = Date.now();
/** Caches do not answer sessions that are newer than they are. */
const signedInAt = now - 60_000;
const issuer = "https://id.example.com";
const section = "Pages with sign-in, beyond those without";

/** Requires the emulators of this process, and the meter. */
export async function measureSignedIn(): Promise<Row[]> {
  Object.assign(process.env, await siteEnvironment());
  const { now: clock } = Date;
  Date.now = () => now;
  const file = await bundlePages("signed-in", `export { handler } from "./functions/web/show-page.ts";`);
  const key = anApiKey({ createdAt: now });
  const account = anAccount({ identity: { issuer, subject: "1" }, createdAt: signedInAt, signedInAt });
  await seedIncidents(table(), [anIncident({ number: 900_001, createdAt: now })]);
  await accountStore(table()).create(account);
  await apiKeyStore(table()).create(key);
  const roles = roleStore(table());
  const assignments = [{ role: "viewer", email: account.email }] as const;
  await roles.replace(await roles.find(null), { team: null, assignments, version: 1 });
  const session = {
    ...{ accountId: account.id, identity: { issuer, subject: "1" }, id: "session" },
    ...{ providerSessionId: null, issuedAt: signedInAt },
  };
  const cookies = {
    person: signPersonSession(session, siteSecret),
    key: signSession({ sha256: key.keyDigest }, siteSecret, "nonce", now),
  };
  try {
    const open = await viewsOf((await import(`${file}?open`)).handler);
    const provider = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: "platform", OIDC_CLIENT_SECRET: "secret" };
    Object.assign(process.env, provider);
    const person = await viewsOf((await import(`${file}?person`)).handler, cookies.person);
    const byKey = await viewsOf((await import(`${file}?key`)).handler, cookies.key);
    for (const name of Object.keys(provider)) delete process.env[name];
    return [
      // Half a unit each for the account and the roles.
      ...rowsOf("a person, first page in 30 seconds", person.first, open.first, {
        readUnits: 1,
        writeUnits: 0,
      }),
      ...rowsOf("a person, other pages", person.later, open.later, { readUnits: 0, writeUnits: 0 }),
      // The key, the end of the session, and the last use, which is recorded.
      ...rowsOf("a key, first page in an hour", byKey.first, open.first, { readUnits: 3, writeUnits: 1 }),
      // The end of the session.
      ...rowsOf("a key, other pages", byKey.later, open.later, { readUnits: 1, writeUnits: 0 }),
    ];
  } finally {
    Date.now = clock;
  }
}

function rowsOf(
  what: string,
  signedIn: Cost,
  open: Cost,
  most: Pick<Counts, "readUnits" | "writeUnits">,
): Row[] {
  const { readUnits, writeUnits, dynamodbRequests } = signedIn;
  const beyond = {
    readUnits: readUnits - open.readUnits,
    writeUnits: writeUnits - open.writeUnits,
    dynamodbRequests: dynamodbRequests - open.dynamodbRequests,
  };
  return countRows(section, what, beyond, most);
}

interface Views {
  readonly first: Cost;
  readonly later: Cost;
}

/** Opens a page twice. @param handler with caches of its own */
async function viewsOf(handler: LambdaHandler, session?: string): Promise<Views> {
  const headers = session === undefined ? {} : { cookie: `session=${session}` };
  const view = () =>
    metered(async () => {
      const { status, text } = await call(handler, { path: "/incidents", headers });
      if (status !== 200) throw new Error(`The page returned ${status}: ${text}`);
    });
  return { first: await view(), later: await view() };
}
