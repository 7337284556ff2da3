import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anIncident, monday, seconds } from "../../../tests/support/builders.ts";
import { limits } from "../../domain/limits.ts";
import { type Link, readLink, signLink } from "./links.ts";

const secret = "a secret of thirty-two characters";
const older = "an older secret of as many letters";

const aLink = (fields: Partial<Link> = {}): Link => ({
  incidentId: anIncident().id,
  action: "acknowledge",
  actor: "ada@example.com",
  ...fields,
});

const link: fc.Arbitrary<Link> = fc.record({
  incidentId: fc.stringMatching(/^inc_[0-9A-HJKMNP-TV-Z]{26}$/),
  action: fc.constantFrom("acknowledge", "resolve", "view"),
  actor: fc.oneof(
    fc.emailAddress(),
    fc.string({ unit: "grapheme" }).map((name) => `team ${name}`),
  ),
});

describe("a link's token", () => {
  test("returns what was signed, and needs no encoding in a URL", () => {
    fc.assert(
      fc.property(link, (signed) => {
        const token = signLink(signed, secret, monday);
        expect(token).toMatch(/^[\w.-]+$/);
        expect(readLink(token, [secret], monday)).toEqual({ kind: "ok", link: signed });
      }),
    );
  });

  test("is short: with a usual address under 90 characters", () => {
    expect(signLink(aLink(), secret, monday).length).toBeLessThan(90);
  });

  test("with any character changed, left out or added is invalid", () => {
    const spot = fc.record({ at: fc.nat(), character: fc.constantFrom(..."abzABZ019-_.=%é") });
    fc.assert(
      fc.property(link, spot, fc.nat(2), ({ ...signed }, { at, character }, removed) => {
        const token = signLink(signed, secret, monday);
        const place = at % (token.length + 1);
        const changed = token.slice(0, place) + character + token.slice(place + removed);
        fc.pre(changed !== token);
        expect(readLink(changed, [secret], monday)).toEqual({ kind: "invalid" });
      }),
      { numRuns: 1_000 },
    );
  });

  test("with any one character flipped is invalid, the last of the signature too", () => {
    const token = signLink(aLink(), secret, monday);
    for (const [place, character] of [...token].entries()) {
      for (const other of "ABCDabcd0123-_.".replace(character, "")) {
        const changed = token.slice(0, place) + other + token.slice(place + 1);
        expect(readLink(changed, [secret], monday), changed).toEqual({ kind: "invalid" });
      }
    }
  });

  test.each(["", ".", "..", "a", "view", "../../etc/passwd", "\u0000", "é".repeat(22)])(
    "%j is invalid",
    (token) => {
      expect(readLink(token, [secret], monday)).toEqual({ kind: "invalid" });
    },
  );

  test("expires to the second", () => {
    const token = signLink(aLink(), secret, monday);
    const end = monday + seconds(limits.linkSeconds);
    expect(readLink(token, [secret], end - 1).kind).toBe("ok");
    expect(readLink(token, [secret], end)).toEqual({ kind: "expired" });
  });

  test("with a foreign signature is invalid rather than expired, at any age", () => {
    const token = signLink(aLink(), older, monday);
    expect(readLink(token, [secret], monday + seconds(2 * limits.linkSeconds))).toEqual({ kind: "invalid" });
  });

  test("of the secret before still holds while both are known, and no longer", () => {
    const token = signLink(aLink(), older, monday);
    expect(readLink(token, [secret, older], monday).kind).toBe("ok");
    expect(readLink(token, [secret], monday)).toEqual({ kind: "invalid" });
    expect(readLink(token, [], monday)).toEqual({ kind: "invalid" });
  });
});
