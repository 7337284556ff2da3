/** SCIM through the wire, with requests as Okta and Microsoft Entra document and send them. */
import { describe, expect, test } from "vitest";
import { countingUlids, monday } from "../../../tests/support/builders.ts";
import { call, type HttpReply } from "../../../tests/support/functions/lambda.ts";
import { administratorDeps } from "../../../tests/support/memory/administrators.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { isOpen } from "../../domain/access/account.ts";
import type { KeyScope } from "../../domain/access/api-key.ts";
import { scimGroupStore, scimUserStore } from "../../storage/access/scim-store.ts";
import { userStore } from "../../storage/access/user-store.ts";
import { putRoles } from "../../use-cases/access/put-roles.ts";
import { scimUseCases } from "../../use-cases/access/scim/scim-use-cases.ts";
import { scimGateway } from "./gateway.ts";

const user = "urn:ietf:params:scim:schemas:core:2.0:User";
const group = "urn:ietf:params:scim:schemas:core:2.0:Group";
const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

interface Resource {
  readonly id: string;
  readonly [name: string]: unknown;
}

function aService() {
  let now = monday;
  const clock = () => now;
  const table = memoryTable(clock);
  const ulid = countingUlids();
  const administrators = administratorDeps(table);
  const { accounts } = administrators;
  const users = userStore(table);
  const scimUsers = scimUserStore(table);
  const scimGroups = scimGroupStore(table);
  const deps = { ...administrators, scimUsers, scimGroups, users, ulid };
  const keyOf = (name: string, scope: KeyScope) => ({
    name,
    scopes: [scope],
    teams: null,
    sha256: sha256(name),
  });
  const handler = scimGateway(() => ({
    edge: {
      access: {
        keysRequired: true,
        apiKeys: [keyOf("okta", "scim"), keyOf("writer", "write"), keyOf("root", "admin")],
        hosts: [],
        corsOrigins: [],
      },
      clock,
      ulid,
      log: { info: () => {}, warn: () => {}, error: () => {} },
      metrics: { count: () => {}, observe: () => {} },
    },
    baseUrlOf: () => "https://oncall.example.com",
    useCases: scimUseCases(deps),
  }));
  const ask = (line: string, body?: unknown, key = "okta"): Promise<HttpReply> => {
    const [method = "", url = ""] = line.split(/ (.*)/);
    const [path = "", query = ""] = url.split("?");
    const headers = {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { "content-type": "application/scim+json" }),
    };
    return call(handler, { method, path: `/scim/v2${path}`, query, headers, body });
  };
  const ok = async <T = Resource>(line: string, body?: unknown): Promise<T> => {
    const reply = await ask(line, body);
    if (reply.status >= 300) throw new Error(`${line}: ${reply.status} ${reply.text}`);
    return reply.text === "" ? ({} as T) : reply.json<T>();
  };
  const find = (filter: string, type = "Users") =>
    ok<{ totalResults: number; Resources: Resource[] }>(`GET /${type}?filter=${encodeURIComponent(filter)}`);
  const aUser = (name: string) => ok("POST /Users", { schemas: [user], userName: `${name}@example.com` });
  return {
    deps,
    accounts,
    users,
    scimUsers,
    scimGroups,
    ask,
    ok,
    find,
    aUser,
    wait: () => {
      now += 1_000;
    },
  };
}

test("the last administrator cannot be deactivated or renamed", async () => {
  const { ask, aUser, deps, accounts, users } = aService();
  const { id } = await aUser("ada");
  await putRoles(deps, null, [{ role: "admin", email: "ada@example.com" }], monday);
  const operation = { op: "replace", path: "active", value: false };
  const reply = await ask(`PATCH /Users/${id}`, { schemas: [patchOp], Operations: [operation] });
  expect(reply.status).toBe(409);
  expect(reply.json().detail).toContain("This change would leave no administrator");
  expect((await ask(`PUT /Users/${id}`, { userName: "eve@example.com" })).status).toBe(409);
  expect(await users.find("eve@example.com")).toBeUndefined();
  expect(await accounts.findByEmail("ada@example.com")).toMatchObject({ active: true });
});

/** As Okta creates a person. */
const oktaUser = {
  schemas: [user],
  userName: "Ada@Example.com",
  name: { givenName: "Ada", familyName: "Lovelace" },
  emails: [{ primary: true, value: "ada@example.com", type: "work" }],
  displayName: "Ada Lovelace",
  locale: "en-US",
  externalId: "00ujl29u0le5T6Aj10h7",
  groups: [],
  password: "1mz050nq",
  active: true,
};

/** As Entra creates a person. */
const entraUser = {
  schemas: [user, enterprise],
  externalId: "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
  userName: "grace@contoso.onmicrosoft.com",
  active: true,
  emails: [{ primary: true, type: "work", value: "Grace.Hopper@example.com" }],
  meta: { resourceType: "User" },
  name: { formatted: "Grace Hopper", familyName: "Hopper", givenName: "Grace" },
  roles: [],
  [enterprise]: { department: "Navy" },
};

describe("Okta", () => {
  test("looks a person up, creates them, and finds them regardless of case", async () => {
    const { find, ask, accounts, users } = aService();
    expect(await find('userName eq "Ada@Example.com"')).toMatchObject({ totalResults: 0, Resources: [] });
    const created = await ask("POST /Users", oktaUser);
    expect(created.status).toBe(201);
    expect(created.headers["content-type"]).toBe("application/scim+json");
    const { id, ...rest } = created.json<Resource>();
    const location = `https://oncall.example.com/scim/v2/Users/${id}`;
    expect(created.headers.location).toBe(location);
    const { locale, password, ...kept } = oktaUser;
    expect(rest).toEqual({
      ...kept,
      meta: {
        resourceType: "User",
        created: "2026-11-23T10:00:00.000Z",
        lastModified: "2026-11-23T10:00:00.000Z",
        location,
      },
    });
    expect(await find('userName eq "ada@example.com"')).toMatchObject({
      totalResults: 1,
      Resources: [{ id }],
    });
    expect(await find(`externalId eq "${oktaUser.externalId}" and active eq true`)).toMatchObject({
      totalResults: 1,
    });
    expect(await find('userName eq "ada@example.com" and active eq false')).toMatchObject({
      totalResults: 0,
    });
    expect(await accounts.findByEmail("ada@example.com")).toMatchObject({
      name: "Ada Lovelace",
      active: true,
      identity: null,
    });
    expect(await users.find("ada@example.com")).toMatchObject({ name: "Ada Lovelace", contactMethods: [] });
  });

  test("cannot create a person twice", async () => {
    const { ask } = aService();
    await ask("POST /Users", oktaUser);
    const again = await ask("POST /Users", { ...oktaUser, userName: "ada@example.com" });
    expect([again.status, again.headers["content-type"]]).toEqual([409, "application/scim+json"]);
    expect(again.json()).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "409",
      scimType: "uniqueness",
      detail: 'The user "ada@example.com" already exists',
    });
  });

  test("deactivates a person, which ends their sessions, also after they are activated again", async () => {
    const { ok, accounts, wait } = aService();
    const { id } = await ok("POST /Users", oktaUser);
    const before = await accounts.findByEmail("ada@example.com");
    if (!before) throw new Error("No account");
    const identity = { issuer: "https://idp.example.com", subject: "1" };
    const signedIn = await accounts.replace(before, { ...before, identity });
    const session = { accountId: before.id, identity, id: "s", providerSessionId: null, issuedAt: monday };
    expect(isOpen(signedIn, session)).toBe(true);
    const setActive = (active: boolean) =>
      ok(`PATCH /Users/${id}`, {
        schemas: [patchOp],
        Operations: [{ op: "replace", value: { active } }],
      });
    wait();
    expect(await setActive(false)).toMatchObject({ active: false });
    const deactivated = await accounts.find(before.id);
    expect(deactivated && isOpen(deactivated, session)).toBe(false);
    wait();
    await setActive(true);
    const activated = await accounts.find(before.id);
    expect(activated).toMatchObject({ active: true, sessionsEndBefore: monday + 1_000, identity });
    expect(activated && isOpen(activated, session)).toBe(false);
  });

  test("replaces a profile, with a new address", async () => {
    const { ok, accounts } = aService();
    const { id } = await ok("POST /Users", oktaUser);
    const before = await accounts.findByEmail("ada@example.com");
    const renamed = {
      ...oktaUser,
      id,
      userName: "ada.king@example.com",
      emails: [{ primary: true, value: "ada.king@example.com", type: "work" }],
      displayName: "Ada King",
    };
    expect(await ok(`PUT /Users/${id}`, renamed)).toMatchObject({ id, userName: "ada.king@example.com" });
    expect(await accounts.findByEmail("ada@example.com")).toBeUndefined();
    expect(await accounts.findByEmail("ada.king@example.com")).toMatchObject({
      id: before?.id,
      name: "Ada King",
    });
    // The old name is free again.
    expect(await ok("POST /Users", oktaUser)).toMatchObject({ userName: oktaUser.userName });
  });

  test("pushes a group with its members, renames it, and changes its members", async () => {
    const { ok, accounts, aUser } = aService();
    const [ada, bob] = [await aUser("ada"), await aUser("bob")];
    const groupsOf = async (name: string) => (await accounts.findByEmail(`${name}@example.com`))?.groups;
    const { id } = await ok("POST /Groups", {
      schemas: [group],
      displayName: "On-call",
      members: [{ value: ada.id, display: "ada@example.com" }],
    });
    expect([await groupsOf("ada"), await groupsOf("bob")]).toEqual([["On-call"], []]);
    expect((await ok(`GET /Users/${ada.id}`)).groups).toEqual([
      {
        value: id,
        display: "On-call",
        $ref: `https://oncall.example.com/scim/v2/Groups/${id}`,
        type: "direct",
      },
    ]);
    await ok(`PATCH /Groups/${id}`, {
      schemas: [patchOp],
      Operations: [
        { op: "replace", value: { id, displayName: "SRE" } },
        { op: "remove", path: `members[value eq "${ada.id}"]` },
        { op: "add", path: "members", value: [{ value: bob.id, display: "bob@example.com" }] },
      ],
    });
    expect([await groupsOf("ada"), await groupsOf("bob")]).toEqual([[], ["SRE"]]);
    expect((await ok(`GET /Groups/${id}`)).members).toMatchObject([{ value: bob.id, type: "User" }]);
    await ok(`DELETE /Groups/${id}`);
    expect(await groupsOf("bob")).toEqual([]);
  });

  test("takes a group away, also from what the last sign-in claimed", async () => {
    const { ok, accounts, aUser } = aService();
    const { id } = await aUser("ada");
    const members = [{ value: id }];
    const { id: groupId } = await ok("POST /Groups", { schemas: [group], displayName: "SRE", members });
    const ada = async () => {
      const found = await accounts.findByEmail("ada@example.com");
      if (!found) throw new Error("Ada has no account");
      return found;
    };
    await accounts.replace(await ada(), { ...(await ada()), claimedGroups: ["Everyone", "SRE"] });
    await ok(`PATCH /Groups/${groupId}`, {
      schemas: [patchOp],
      Operations: [{ op: "remove", path: `members[value eq "${id}"]` }],
    });
    expect(await ada()).toMatchObject({ groups: [], claimedGroups: ["Everyone"] });
  });
});

describe("Entra", () => {
  test("creates a person, who is known by their mail, and ignores what the platform does not have", async () => {
    const { ok, accounts } = aService();
    const created = await ok("POST /Users", entraUser);
    expect(created).toMatchObject({ externalId: entraUser.externalId, emails: entraUser.emails });
    expect(created).not.toHaveProperty("roles");
    expect(await accounts.findByEmail("grace.hopper@example.com")).toMatchObject({ name: "Grace Hopper" });
  });

  test("changes a person with capitalized operations, texts as booleans and paths with filters", async () => {
    const { ok, accounts } = aService();
    const { id } = await ok("POST /Users", entraUser);
    const changed = await ok(`PATCH /Users/${id}`, {
      schemas: [patchOp],
      Operations: [
        { op: "Replace", path: 'emails[type eq "work"].value', value: "grace@example.com" },
        { op: "Replace", path: "name.familyName", value: "Murray" },
        { op: "Add", path: `${user}:displayName`, value: "Grace M. Hopper" },
        { op: "Add", path: `${enterprise}:department`, value: "Research" },
        { op: "Replace", path: "active", value: "False" },
      ],
    });
    expect(changed).toMatchObject({
      emails: [{ primary: true, type: "work", value: "grace@example.com" }],
      name: { formatted: "Grace Hopper", familyName: "Murray", givenName: "Grace" },
      displayName: "Grace M. Hopper",
      active: false,
    });
    expect(await accounts.findByEmail("grace@example.com")).toMatchObject({ active: false });
    expect(await accounts.findByEmail("grace.hopper@example.com")).toBeUndefined();
  });

  test("sets the mail of a person who has none, with dotted names in a value", async () => {
    const { ok, aUser } = aService();
    const { id } = await aUser("ada");
    const changed = await ok(`PATCH /Users/${id}`, {
      schemas: [patchOp],
      Operations: [
        { op: "add", path: 'emails[type eq "work"].value', value: "a@example.com" },
        { op: "replace", value: { "name.givenName": "Ada", displayName: "Ada" } },
      ],
    });
    expect(changed).toMatchObject({
      emails: [{ type: "work", value: "a@example.com" }],
      name: { givenName: "Ada" },
      displayName: "Ada",
    });
  });

  test("removes the email of a person, who is then identified by their user name", async () => {
    const { ok, accounts } = aService();
    const { id } = await ok("POST /Users", entraUser);
    const Operations = [{ op: "Remove", path: 'emails[type eq "work"].value' }];
    expect(await ok(`PATCH /Users/${id}`, { schemas: [patchOp], Operations })).toMatchObject({ emails: [] });
    expect(await accounts.findByEmail("grace@contoso.onmicrosoft.com")).toMatchObject({ active: true });
    expect(await accounts.findByEmail("grace.hopper@example.com")).toBeUndefined();
  });

  test("finds a person by an email of a type", async () => {
    const { ok, find } = aService();
    const { id } = await ok("POST /Users", entraUser);
    for (const filter of [
      'emails[type eq "work"].value eq "grace.hopper@example.com"',
      'emails[type eq "work" and value eq "grace.hopper@example.com"]',
      `${user}:EMAILS[Type EQ "Work"].Value EQ "grace.hopper@example.com" AND Active eq True`,
    ])
      expect(await find(filter), filter).toMatchObject({ Resources: [{ id }] });
    expect(await find('emails[type eq "home"].value eq "grace.hopper@example.com"')).toMatchObject({
      totalResults: 0,
    });
  });

  test("adds and removes members by lists, and reads groups without members", async () => {
    const { ok, find, accounts, aUser } = aService();
    const { id: ada } = await aUser("ada");
    const { id } = await ok("POST /Groups", {
      schemas: [group, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
      externalId: "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
      displayName: "Payments",
      meta: { resourceType: "Group" },
    });
    const change = (op: string) =>
      ok(`PATCH /Groups/${id}`, {
        schemas: [patchOp],
        Operations: [{ op, path: "members", value: [{ $ref: null, value: ada }] }],
      });
    await change("Add");
    expect((await accounts.findByEmail("ada@example.com"))?.groups).toEqual(["Payments"]);
    expect(await ok(`GET /Groups/${id}?excludedAttributes=members`)).not.toHaveProperty("members");
    expect(await find('displayName eq "payments"', "Groups")).toMatchObject({ Resources: [{ id }] });
    await change("Remove");
    expect((await accounts.findByEmail("ada@example.com"))?.groups).toEqual([]);
  });
});

/** As Authentik creates a person whose user name is no address. */
const authentikUser = {
  schemas: [user],
  externalId: "9d1c1f0a",
  userName: "ada",
  name: { formatted: "Ada Lovelace", givenName: "Ada", familyName: "Lovelace" },
  photos: [],
  emails: [{ value: "ada@example.com", type: "other", primary: true }],
};

describe("Authentik", () => {
  test("creates a person, who is active, and keeps them so until it says otherwise", async () => {
    const { ok, accounts } = aService();
    const { id, ...created } = await ok("POST /Users", authentikUser);
    expect(created).toMatchObject({ userName: "ada", active: true });
    expect(await ok(`PUT /Users/${id}`, { ...authentikUser, active: false })).toMatchObject({
      active: false,
    });
    // No one is activated by leaving the attribute out.
    expect(await ok(`PUT /Users/${id}`, authentikUser)).toMatchObject({ active: false });
    await ok(`PATCH /Users/${id}`, { schemas: [patchOp], Operations: [{ op: "remove", path: "active" }] });
    expect(await ok(`GET /Users/${id}`)).toMatchObject({ active: false });
    expect(await accounts.findByEmail("ada@example.com")).toMatchObject({ active: false });
  });

  test("can't create service accounts, which have no address", async () => {
    const { ask, accounts, find } = aService();
    const reply = await ask("POST /Users", { ...authentikUser, emails: [] });
    expect([reply.status, reply.json()]).toMatchObject([
      400,
      { scimType: "invalidValue", detail: expect.stringContaining("userName must be an email address") },
    ]);
    expect((await accounts.list({ limit: 10, after: null })).items).toEqual([]);
    expect(await find('userName eq "ada"')).toMatchObject({ totalResults: 0 });
  });

  test("adds each member by an operation", async () => {
    const { ok, aUser } = aService();
    const [ada, bob] = [await aUser("ada"), await aUser("bob")];
    const { id } = await ok("POST /Groups", { schemas: [group], displayName: "SRE", externalId: "g1" });
    const change = (op: string, ...ids: string[]) =>
      ok(`PATCH /Groups/${id}`, {
        schemas: [patchOp],
        Operations: ids.map((value) => ({ op, path: "members", value: [{ value }] })),
      });
    expect((await change("add", ada.id, bob.id)).members).toHaveLength(2);
    expect((await change("remove", ada.id)).members).toMatchObject([{ value: bob.id }]);
  });
});

describe("a deleted person", () => {
  test("is gone from their groups, and their account is deactivated", async () => {
    const { ok, ask, accounts, users, aUser } = aService();
    const { id: ada } = await aUser("ada");
    const { id } = await ok("POST /Groups", { displayName: "On-call", members: [{ value: ada }] });
    expect((await ask(`DELETE /Users/${ada}`)).status).toBe(204);
    expect((await ask(`GET /Users/${ada}`)).status).toBe(404);
    expect((await ask(`DELETE /Users/${ada}`)).status).toBe(404);
    expect((await ok(`GET /Groups/${id}`)).members).toEqual([]);
    expect(await accounts.findByEmail("ada@example.com")).toMatchObject({ active: false, groups: [] });
    // They may still be on call.
    expect(await users.find("ada@example.com")).toBeDefined();
  });

  test("gets the same account when they are created again", async () => {
    const { ok, accounts, aUser } = aService();
    const { id } = await aUser("ada");
    const before = await accounts.findByEmail("ada@example.com");
    await ok(`DELETE /Users/${id}`);
    const { id: again } = await aUser("ada");
    expect(again).not.toBe(id);
    expect(await accounts.findByEmail("ada@example.com")).toMatchObject({ id: before?.id, active: true });
  });
});

test("a list has pages by index", async () => {
  const { ok, aUser } = aService();
  for (const name of ["a", "b", "c", "d", "e"]) await aUser(name);
  const page = (query: string) =>
    ok<{ totalResults: number; startIndex: number; itemsPerPage: number; Resources: Resource[] }>(
      `GET /Users?${query}`,
    );
  const { Resources, ...second } = await page("startIndex=3&count=2&attributes=userName,emails.value");
  expect(second).toMatchObject({ totalResults: 5, startIndex: 3, itemsPerPage: 2 });
  expect(Resources).toEqual([
    { schemas: [user], id: expect.any(String), userName: "c@example.com" },
    { schemas: [user], id: expect.any(String), userName: "d@example.com" },
  ]);
  expect(await page("count=0")).toMatchObject({ totalResults: 5, itemsPerPage: 0, Resources: [] });
  expect(await page("startIndex=-1")).toMatchObject({ startIndex: 1, itemsPerPage: 5 });
});

test("a search by POST is a list, of both types at the root", async () => {
  const { ok, ask, aUser } = aService();
  for (const name of ["a", "b", "c"]) await aUser(name);
  await ok("POST /Groups", { displayName: "SRE" });
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"];
  const search = async (path: string, request: object) => {
    const found = await ok<{ totalResults: number; Resources: Resource[] }>(`POST ${path}/.search`, {
      schemas,
      ...request,
    });
    return [found.totalResults, ...found.Resources.map((each) => each.userName ?? each.displayName)];
  };
  expect(await search("/Users", { filter: 'userName eq "B@example.com"' })).toEqual([1, "b@example.com"]);
  expect(await search("", { startIndex: 3, count: 2, attributes: ["userName", "displayName"] })).toEqual([
    4,
    "c@example.com",
    "SRE",
  ]);
  expect(await search("", { startIndex: 1, count: 2 })).toEqual([4, "a@example.com", "b@example.com"]);
  expect(await search("", { filter: 'displayName eq "sre"' })).toEqual([1, "SRE"]);
  const refused = await ask("POST /.search", { filter: 'title eq "x"' });
  expect([refused.status, refused.json().scimType]).toEqual([400, "invalidFilter"]);
  expect((await ask("GET /.search")).status).toBe(405);
});

test("a filter that would take long to read is refused", async () => {
  const { ask } = aService();
  const reply = await ask("POST /Users/.search", { filter: `userName eq "a"${" and".repeat(1_000)}` });
  expect([reply.status, reply.json()]).toMatchObject([400, { scimType: "invalidFilter" }]);
  expect(reply.text).toContain("4000 characters");
});

test("an address belongs to one person", async () => {
  const { ok, ask, find, aUser } = aService();
  const { id } = await aUser("ada");
  const again = await ask("POST /Users", { userName: "ada", emails: [{ value: "ADA@example.com" }] });
  expect([again.status, again.json().scimType]).toEqual([409, "uniqueness"]);
  // Here, the user name is the address.
  expect(await find('emails.value eq "Ada@example.com"')).toMatchObject({ Resources: [{ id }] });
  await ok(`PUT /Users/${id}`, { userName: "ada", emails: [{ value: "ada@example.com" }] });
  expect(await find('emails.value eq "Ada@example.com"')).toMatchObject({ Resources: [{ id }] });
});

test.each([
  ["POST /Users", { userName: "" }, 400, "invalidValue"],
  ["POST /Users", { displayName: "Ada" }, 400, "invalidValue"],
  ["POST /Users", { userName: "ada@example.org", active: "maybe" }, 400, "invalidValue"],
  ["POST /Users", { userName: "eve" }, 400, "invalidValue"],
  ["POST /Users", { userName: "eve", emails: [{ value: "eve" }] }, 400, "invalidValue"],
  ["PUT /Users/ID", { userName: "ada" }, 400, "invalidValue"],
  [
    "PATCH /Users/ID",
    { Operations: [{ op: "replace", path: "userName", value: "ada" }] },
    400,
    "invalidValue",
  ],
  ["POST /Users", "{", 400, "invalidSyntax"],
  ["POST /Users", [], 400, "invalidSyntax"],
  ["POST /Groups", { displayName: "x", members: [{ value: "usr_unknown" }] }, 400, "invalidValue"],
  ["PATCH /Users/ID", { Operations: [{ op: "remove" }] }, 400, "noTarget"],
  ["PATCH /Users/ID", { Operations: [{ op: "replace", path: "id", value: "x" }] }, 400, "mutability"],
  ["PATCH /Users/ID", { Operations: [{ op: "replace", path: "a b", value: 1 }] }, 400, "invalidPath"],
  ["PATCH /Users/ID", { Operations: [{ op: "copy", path: "active", value: true }] }, 400, "invalidSyntax"],
  ["PATCH /Users/ID", { Operations: [{ op: "remove", path: "userName" }] }, 400, "invalidValue"],
  ["GET /Users?filter=userName%20co%20%22a%22", undefined, 400, "invalidFilter"],
  ["GET /Users?filter=title%20eq%20%22a%22", undefined, 400, "invalidFilter"],
  ["GET /Users?filter=emails%5Btype%20eq%20%22a%22", undefined, 400, "invalidFilter"],
  ["GET /Users/usr_unknown", undefined, 404, undefined],
  ["PUT /Users/usr_unknown", { userName: "x@example.com" }, 404, undefined],
  ["GET /Nothing", undefined, 404, undefined],
  ["PUT /Users", { userName: "x" }, 405, undefined],
])("%s with %j is %i %s", async (line, body, status, scimType) => {
  const { ask, aUser } = aService();
  const { id } = await aUser("ada");
  const reply = await ask(line.replace("ID", id), body);
  expect(reply.headers["content-type"]).toBe("application/scim+json");
  expect([reply.status, reply.json<Resource>()]).toEqual([
    status,
    {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: String(status),
      ...(scimType && { scimType }),
      detail: expect.stringMatching(/\w/),
    },
  ]);
});

test("only keys with the scope scim or admin are accepted", async () => {
  const { ask } = aService();
  expect((await ask("GET /Users", undefined, "root")).status).toBe(200);
  const [writer, unknown] = [
    await ask("GET /Users", undefined, "writer"),
    await ask("GET /Users", undefined, "unknown"),
  ];
  expect([writer.status, writer.json().status]).toEqual([403, "403"]);
  expect([unknown.status, unknown.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
});

test("the service describes itself", async () => {
  const { ok, ask } = aService();
  expect(await ok("GET /ServiceProviderConfig")).toMatchObject({
    patch: { supported: true },
    filter: { supported: true },
    bulk: { supported: false },
  });
  const types = await ok<{ Resources: Resource[] }>("GET /ResourceTypes");
  expect(types.Resources.map(({ endpoint }) => endpoint)).toEqual(["/Users", "/Groups"]);
  expect(await ok(`GET /Schemas/${user}`)).toMatchObject({ id: user, name: "User" });
  expect((await ask("GET /Schemas/urn:nothing")).status).toBe(404);
  expect((await ask("POST /Schemas", {})).status).toBe(405);
});

test("names of attributes have no case", async () => {
  const { ok } = aService();
  const { id, ...created } = await ok("POST /Users", {
    USERNAME: "ada@example.com",
    Name: { GIVENNAME: "Ada" },
    Emails: [{ Value: "a@example.com", PRIMARY: "True" }],
  });
  expect(created).toMatchObject({
    userName: "ada@example.com",
    name: { givenName: "Ada" },
    emails: [{ value: "a@example.com", primary: true }],
  });
  const changed = await ok(`PATCH /Users/${id}`, {
    operations: [
      { OP: "Add", Path: "NAME", Value: { FamilyName: "King" } },
      { op: "Replace", value: { Emails: [{ VALUE: "ada@example.com" }], DISPLAYNAME: "Ada" } },
    ],
  });
  expect(changed).toMatchObject({
    name: { givenName: "Ada", familyName: "King" },
    emails: [{ value: "ada@example.com" }],
    displayName: "Ada",
  });
  expect(await ok(`GET /Users/${id}?attributes=USERNAME,${user}:name.givenName`)).toEqual({
    schemas: [user],
    id,
    userName: "ada@example.com",
    name: { givenName: "Ada", familyName: "King" },
  });
});

test("a page of groups with many members ends before it is too large for a response", async () => {
  const { ok, scimGroups } = aService();
  const members = Array.from({ length: 1_000 }, (_, n) => `usr_${String(n).padStart(26, "0")}`);
  for (let n = 0; n < 30; n += 1)
    await scimGroups.create({
      id: `grp_${String(n).padStart(26, "0")}`,
      displayName: `Group ${n}`,
      members,
      createdAt: monday,
      updatedAt: monday,
      version: 0,
    });
  const names: unknown[] = [];
  const list = async (path: string) => {
    const page = await ok<{ totalResults: number; itemsPerPage: number; Resources: Resource[] }>(
      `GET ${path}startIndex=${names.length + 1}`,
    );
    expect(JSON.stringify(page).length).toBeLessThan(2_100_000);
    expect(page).toMatchObject({ totalResults: 30, itemsPerPage: page.Resources.length });
    return page.Resources.map(({ displayName }) => displayName);
  };
  while (names.length < 30) {
    const found = await list("/Groups?");
    expect(found.length).toBeGreaterThan(0);
    names.push(...found);
  }
  expect(names).toEqual(Array.from({ length: 30 }, (_, n) => `Group ${n}`));
  names.length = 0;
  expect(await list("/Groups?excludedAttributes=members&")).toHaveLength(30);
  expect((await ok("POST /.search", { count: 200 })).itemsPerPage).toBeLessThan(30);
});

test("a person without an address, whom earlier releases accepted, can be given one or deleted", async () => {
  const { ok, ask, accounts, scimUsers } = aService();
  const legacy = { userName: "ada", groups: [], active: true, accountId: null };
  const times = { createdAt: monday, updatedAt: monday, version: 0 };
  for (const id of ["usr_1", "usr_2"]) await scimUsers.create({ ...legacy, ...times, id, userName: id });
  expect(
    (await ask("PATCH /Users/usr_1", { Operations: [{ op: "replace", value: { active: false } }] })).status,
  ).toBe(400);
  await ok("PUT /Users/usr_1", { userName: "ada", emails: [{ value: "ada@example.com" }] });
  expect(await accounts.findByEmail("ada@example.com")).toMatchObject({ active: true });
  expect((await ask("DELETE /Users/usr_2")).status).toBe(204);
});
