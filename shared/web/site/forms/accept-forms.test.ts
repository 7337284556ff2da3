import { expect, test, vi } from "vitest";
import * as z from "zod";
import { monday } from "../../../../tests/support/builders.ts";
import { call } from "../../../../tests/support/functions/lambda.ts";
import { sha256 } from "../../../crypto/sha256.ts";
import { AccessDenied } from "../../../domain/access/access-denied.ts";
import { signSession } from "../../../http/session/session.ts";
import { action } from "../action.ts";
import { page } from "../page.ts";
import { acceptForms } from "./accept-forms.ts";
import { formToken } from "./form-token.ts";

const secret = "what signs the forms of tests: 32";
const key = (name: string, scope: "read" | "admin") => ({
  name,
  scopes: [scope],
  teams: null,
  sha256: sha256(name),
});
const keys = [key("reader", "read"), key("root", "admin")];

const principal = { kind: "key", name: "reader", scopes: ["read"], teams: null } as const;
const attempt = { principal, right: "respond", denial: { missing: "scope", scope: "write" } } as const;
const recordDenial = vi.fn(async () => {});

/** Is not permitted entirely for Bob. */
const rename = action(
  {
    right: "read",
    form: z.object({ name: z.string().max(3), age: z.coerce.number().min(0).optional() }),
    errorsInPlace: true,
  },
  async ({ back, form: { name } }) => ({
    to: back,
    denials: name === "bob" ? [new AccessDenied("The scope write is missing", attempt)] : [],
  }),
);
const audit = page({ right: "administer" }, async () => ({ title: "Audit log", content: "all entries" }));

/** Sends a form that claims to be on the page of the audit log. */
async function submit(name: string, field: string, headers: Record<string, string> = {}, others = {}) {
  const edge = () => ({
    access: { keysRequired: true, apiKeys: keys, hosts: [], corsOrigins: [] },
    clock: () => monday,
    ulid: () => "ID",
    log: { info: () => {}, warn: () => {}, error: () => {} },
    metrics: { count: () => {}, observe: () => {} },
    recordDenial,
  });
  const rules = async () => ({
    access: edge().access,
    secrets: [secret],
    hasEnded: async () => false,
    makeSecret: () => "random",
  });
  const assets = async () => ({
    stylesheet: "/a.css",
    script: "/a.js",
    icon: "data:,",
    drawnIcon: "/a.svg",
    touchIcon: "/a.png",
    largeIcon: "/b.png",
    manifest: "/a.json",
  });
  const actions = { "save-service": async () => rename } as never;
  const handler = acceptForms({ edge, rules, assets }, actions, { audit: async () => audit } as never);
  const session = signSession({ sha256: sha256(name) }, secret, "nonce", monday);
  const form_token = formToken({ browserId: "browser", session }, secret);
  return call(handler, {
    method: "POST",
    path: "/services",
    headers: {
      cookie: `session=${session}; visitor=browser`,
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    },
    body: new URLSearchParams({ ...others, form_token, name: field, back: "/settings/audit" }).toString(),
  });
}

test.each([
  [{}, "Check 1 field and try again."],
  [{ age: "-1" }, "Check 2 fields and try again."],
])("a form with wrong fields %o says how many, in words that fit every form", async (others, words) => {
  const { status, text } = await submit("root", "long name", {}, others);
  expect(status).toBe(422);
  expect(text).toContain(words);
});

test("a form shows the page that it returns to only to those who may see it", async () => {
  const script = { "hx-request": "true" };
  const rejected = await submit("reader", "long name");
  expect([rejected.status, rejected.text.includes("all entries")]).toEqual([422, false]);
  const accepted = await submit("reader", "ada", script);
  expect([accepted.status, accepted.text, accepted.headers["hx-redirect"]]).toEqual([
    204,
    "",
    "/settings/audit",
  ]);
  expect((await submit("root", "long name")).text).toContain("all entries");
  expect((await submit("root", "ada", script)).text).toContain("all entries");
});

test("a part of a form that was not permitted is recorded", async () => {
  expect((await submit("reader", "bob")).status).toBe(303);
  const request = { method: "POST", path: "/services", route: "/services" };
  expect(recordDenial.mock.calls).toEqual([[attempt, request]]);
});
