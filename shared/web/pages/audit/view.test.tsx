import { describe, expect, test } from "vitest";
import { monday } from "../../../../tests/support/builders.ts";
import { textOf, viewerWithKey as viewer } from "../../../../tests/support/functions/page-examples.tsx";
import type { Viewing } from "../../site/viewer.ts";
import { AuditView } from "./view.tsx";

const viewing: Viewing = { viewer, here: "/settings", now: monday };
const list = { first: true, next: null };

describe("the audit log", () => {
  const entry = {
    id: "aud_1",
    at: monday,
    event: "change",
    actor: null,
    actorKind: null,
    subject: null,
    ipAddress: null,
    right: null,
    method: null,
    path: null,
    requestId: null,
    resource: "key",
    resourceId: "key_1",
    before: { name: "ops", revoked_at: null },
    after: { name: "ops", revoked_at: "2026-11-23T10:00:00Z" },
    isChained: true,
  } as const;

  test("says who did what to what, by the names that people have for it", () => {
    const view = <AuditView {...viewing} {...list} filter={{}} entries={[entry]} />;
    expect(textOf(view)).toMatch(/Someone updated API key ops .*revoked at none → 2026-11-23 10:00 UTC/);
  });

  test("says who signed in, from which address, and who was denied what", () => {
    const person = {
      ...entry,
      actor: "ada@example.com",
      actorKind: "person",
      subject: "00u1a2b3",
      ipAddress: "203.0.113.7",
      before: null,
    } as const;
    const entries = [
      { ...person, event: "sign_in", resource: "session", after: { method: "oidc" } },
      {
        ...person,
        event: "denied",
        right: "manage",
        resource: "request",
        resourceId: "PUT /api/v1/services/{service}",
        after: { missing: { role: "manager", team: "payments" } },
      },
    ] as const;
    const text = textOf(<AuditView {...viewing} {...list} filter={{}} entries={entries} />);
    expect(text).toMatch(
      /ada@example.com signed in .*method oidc .*from 203\.0\.113\.7 .*provider ID 00u1a2b3/,
    );
    expect(text).toMatch(
      /ada@example.com was denied request PUT \/api\/v1\/services\/\{service\} .*missing › role manager .*right manage/,
    );
  });

  test("names no team for what all teams share, but whatever else has such a name", () => {
    const shared = [
      ["roles", "PLATFORM", "roles for all teams"],
      ["roles", "payments", "roles payments"],
      ["routing_rules", "routing-rules", "routing rules for all teams"],
      ["service", "routing-rules", "service routing-rules"],
    ] as const;
    for (const [resource, resourceId, text] of shared) {
      const entries = [{ ...entry, resource, resourceId, before: null, after: {} }];
      const view = <AuditView {...viewing} {...list} filter={{}} entries={entries} />;
      expect(textOf(view)).toContain(`Someone created ${text}`);
    }
  });

  test("folds what would be long", () => {
    const after = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`field_${index}`, index]));
    const view = (
      <AuditView {...viewing} {...list} filter={{}} entries={[{ ...entry, before: null, after }]} />
    );
    expect(textOf(view)).toContain("Show 8 more");
  });
});
