import { describe, expect, test } from "vitest";
import type { KeyScope } from "./api-key.ts";
import { type Caller, callerOf, decide, type Subject } from "./decide.ts";
import { askForIt, describeDenial } from "./describe-denial.ts";
import { local, type PersonPrincipal } from "./principal.ts";
import { type Right, rights } from "./rights.ts";
import { administratorsOf, type RoleAssignment, type RoleDirectory, rolesOf } from "./roles.ts";

const ada: PersonPrincipal = {
  kind: "person",
  email: "ada@example.com",
  name: "Ada",
  subject: "1",
  groups: ["sre"],
};

interface Assigned {
  readonly platform?: readonly RoleAssignment[];
  readonly teams?: Readonly<Record<string, readonly RoleAssignment[]>>;
}

const directoryOf = ({ platform = [], teams = {} }: Assigned, rest: Partial<RoleDirectory> = {}) => ({
  platform,
  teams: new Map(Object.entries(teams)),
  admins: [],
  defaultRole: null,
  ...rest,
});

const person = (assigned: Assigned, rest?: Partial<RoleDirectory>) =>
  callerOf(ada, directoryOf(assigned, rest));
const key = (scopes: readonly KeyScope[], teams: readonly string[] | null = null): Caller => ({
  principal: { kind: "key", name: "ci", scopes, teams },
  roles: [],
});
const inDb = (role: RoleAssignment["role"]) => person({ teams: { db: [{ role, email: ada.email }] } });
const everywhere = (role: RoleAssignment["role"]) => person({ platform: [{ role, email: ada.email }] });

const db: Subject = { team: "db" };
const web: Subject = { team: "web" };
const none: Subject = { team: null };
const own: Subject = { team: "db", owners: ["bob@example.com", ada.email] };
const subjects = { db, web, none, own } as const;

const callers = {
  local: { principal: local, roles: [] },
  "a key to ingest": key(["ingest"]),
  "a key to read": key(["read"]),
  "a key to write": key(["write"]),
  "a key of team db": key(["write", "ingest"], ["db"]),
  "an admin key": key(["admin"]),
  "a person without a role": person({}),
  "a viewer": everywhere("viewer"),
  "a responder": everywhere("responder"),
  "a manager": everywhere("manager"),
  "an admin": everywhere("admin"),
  "a viewer of team db": inDb("viewer"),
  "a responder of team db": inDb("responder"),
  "a manager of team db": inDb("manager"),
} as const satisfies Record<string, Caller>;

/** Subjects of each right that a caller may act on: d(b), w(eb), n(o team), o(wn things in team db). */
const matrix: Readonly<Record<keyof typeof callers, Readonly<Record<Right, string>>>> = {
  local: all("dwno"),
  "a key to ingest": { ...all(""), ingest: "dwno" },
  "a key to read": { ...all(""), read: "dwno" },
  "a key to write": { ...all("dwno"), ingest: "", provision: "", administer: "" },
  "a key of team db": {
    ...all(""),
    ingest: "dwno",
    read: "dwno",
    respond: "do",
    cover: "do",
    manage: "do",
  },
  "an admin key": all("dwno"),
  "a person without a role": all(""),
  "a viewer": { ...all(""), read: "dwno", profile: "o" },
  "a responder": { ...all(""), read: "dwno", respond: "dwno", cover: "o", profile: "o" },
  "a manager": { ...all("dwno"), ingest: "", profile: "o", provision: "", administer: "" },
  "an admin": { ...all("dwno"), ingest: "", provision: "" },
  "a viewer of team db": { ...all(""), read: "dwno", profile: "o" },
  "a responder of team db": { ...all(""), read: "dwno", respond: "do", cover: "o", profile: "o" },
  "a manager of team db": {
    ...all(""),
    read: "dwno",
    respond: "do",
    cover: "do",
    manage: "do",
    profile: "o",
  },
};

function all(text: string): Record<Right, string> {
  const each = Object.fromEntries(Object.keys(rights).map((right) => [right, text]));
  return { ...(each as Record<Right, string>), identify: "dwno" };
}

describe.each(Object.keys(callers) as (keyof typeof callers)[])("%s", (name) => {
  test.each(Object.keys(rights) as Right[])("has the right to %s where the matrix says", (right) => {
    const permitted = Object.entries(subjects).flatMap(([letter, subject]) =>
      decide(callers[name], right, subject) === null ? [letter[0]] : [],
    );
    expect(permitted.join("")).toBe(matrix[name][right]);
  });

  test.each(Object.keys(rights) as Right[])(
    "has the right to %s in some team if it has it in one",
    (right) => {
      const inOne = [db, web, none].some((subject) => decide(callers[name], right, subject) === null);
      expect(decide(callers[name], right) === null).toBe(inOne);
    },
  );
});

describe("roles", () => {
  test("come from the person's email, and from their groups at the provider", () => {
    const teams = {
      db: [{ role: "viewer", email: ada.email } as const, { role: "manager", group: "sre" } as const],
      web: [{ role: "manager", group: "other" } as const],
    };
    expect(rolesOf(ada, directoryOf({ teams }))).toEqual([{ team: "db", role: "manager" }]);
    expect(rolesOf({ ...ada, groups: [] }, directoryOf({ teams }))).toEqual([{ team: "db", role: "viewer" }]);
  });

  test("are the default one for people without an assignment only", () => {
    const rest = { defaultRole: "viewer" } as const;
    expect(rolesOf(ada, directoryOf({}, rest))).toEqual([{ team: null, role: "viewer" }]);
    const teams = { db: [{ role: "responder", email: ada.email } as const] };
    expect(rolesOf(ada, directoryOf({ teams }, rest))).toEqual([{ team: "db", role: "responder" }]);
  });

  test("of ADMIN_EMAILS are admin, whatever is assigned", () => {
    const platform = [{ role: "viewer", email: ada.email } as const];
    expect(rolesOf(ada, directoryOf({ platform }, { admins: [ada.email] }))).toEqual([
      { team: null, role: "admin" },
    ]);
  });

  test("in all teams apply in each, beside a lower one there", () => {
    const caller = person({
      platform: [{ role: "manager", group: "sre" }],
      teams: { db: [{ role: "viewer", email: ada.email }] },
    });
    expect(decide(caller, "manage", db)).toBeNull();
  });
});

test.each<[keyof typeof callers, Right, Subject, string]>([
  ["a key to read", "manage", db, 'The key "ci" lacks the scope write'],
  [
    "a key of team db",
    "manage",
    web,
    'The key "ci" is limited to changes in "db", which excludes team "web"',
  ],
  [
    "a key of team db",
    "manage",
    none,
    'The key "ci" is limited to changes in "db", which excludes what belongs to no team',
  ],
  ["a viewer", "respond", db, 'ada@example.com lacks the role responder in team "db"'],
  ["a manager of team db", "manage", none, "ada@example.com lacks the platform-wide role manager"],
  ["a manager", "administer", none, "ada@example.com lacks the platform-wide role admin"],
  ["an admin", "ingest", none, "ada@example.com cannot do this, because it requires an API key"],
])("what %s lacks to %s is named", (name, right, subject, text) => {
  const denial = decide(callers[name], right, subject);
  expect(denial && describeDenial(callers[name].principal, denial)).toBe(text);
});

test("who can give a role is named, a few of them", () => {
  const emails = ["a", "b", "c", "d", "e"].map((name) => `${name}@example.com`);
  const platform = emails.map((email) => ({ role: "admin", email }) as const);
  const others = [{ role: "manager", email: ada.email } as const, { role: "admin", group: "sre" } as const];
  const admins = ["a@example.com"];
  const known = administratorsOf({ admins, platform: [...others, ...platform] });
  expect(known).toEqual(emails);
  expect(askForIt(known)).toBe(
    "Ask an administrator for it: a@example.com, b@example.com, c@example.com or 2 more",
  );
  expect(askForIt(administratorsOf({ admins, platform: [] }))).toBe(
    "Ask an administrator for it: a@example.com",
  );
  expect(askForIt([])).toBe("Ask an administrator for it");
});
