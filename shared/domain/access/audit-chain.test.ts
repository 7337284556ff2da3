import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anAuditEntry } from "../../../tests/support/builders.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { type AuditEntry, actorKinds, auditEvents } from "./audit.ts";
import { chainGenesis, contentHash, type EntryDigest, follows, sealed } from "./audit-chain.ts";

const digests = fc.array(
  fc.record<EntryDigest>({
    entryId: fc.string(),
    content: fc.string(),
    entryExpiresAt: fc.option(fc.nat()),
  }),
  { minLength: 1, maxLength: 6 },
);

describe("the chain of the audit log", () => {
  test("is the same whether entries are sealed together or one after another", () => {
    fc.assert(
      fc.property(digests, fc.nat(5), (all, count) => {
        const together = sealed(all, undefined, sha256);
        const first = sealed(all.slice(0, count), undefined, sha256);
        expect([...first, ...sealed(all.slice(count), first.at(-1), sha256)]).toEqual(together);
        expect(together.map(({ number }) => number)).toEqual(all.map((_, place) => place + 1));
      }),
    );
  });

  test("can be recomputed from its description", () => {
    fc.assert(
      fc.property(digests, (all) => {
        const head = all.reduce(
          (before, { entryId, content, entryExpiresAt }, place) =>
            sha256(JSON.stringify([before, place + 1, entryId, content, entryExpiresAt])),
          chainGenesis,
        );
        expect(sealed(all, undefined, sha256).at(-1)?.hash).toBe(head);
      }),
    );
  });

  test("breaks at a seal that was changed, moved or put in, and after one that was taken out", () => {
    fc.assert(
      fc.property(digests, fc.nat(), (all, index) => {
        const seals = sealed(all, undefined, sha256);
        const place = index % seals.length;
        const seal = seals[place];
        const last = seals[place - 1];
        if (!seal) throw new Error("There is none");
        expect(follows(seal, last, sha256)).toBe(true);
        for (const change of [
          { number: seal.number + 1 },
          { entryId: `${seal.entryId}x` },
          { content: `${seal.content}x` },
          { entryExpiresAt: (seal.entryExpiresAt ?? 0) + 1 },
          { hash: sha256(seal.hash) },
        ]) {
          expect(follows({ ...seal, ...change }, last, sha256)).toBe(false);
        }
        const next = seals[place + 1];
        if (next) expect(follows(next, last, sha256)).toBe(false);
      }),
    );
  });
});

test("the hash of an entry's content covers everything that it says", () => {
  const entry = anAuditEntry();
  const changes: { [K in keyof Omit<AuditEntry, "isChained">]: AuditEntry[K] } = {
    id: "aud_x",
    at: entry.at + 1,
    event: auditEvents[4],
    actor: "eve",
    actorKind: actorKinds[2],
    subject: "x",
    ipAddress: "192.0.2.1",
    right: "x",
    method: "DELETE",
    path: "/y",
    requestId: "x",
    resource: "user",
    resourceId: "x",
    before: { x: 1 },
    after: null,
  };
  const hash = contentHash(entry, sha256);
  for (const [name, value] of Object.entries(changes))
    expect(contentHash({ ...entry, [name]: value }, sha256), name).not.toBe(hash);
});
