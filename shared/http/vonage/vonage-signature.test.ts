import { describe, expect, test } from "vitest";
import { minutes, monday } from "../../../tests/support/builders.ts";
import { signedByVonage, vonageSecret } from "../../../tests/support/drive/vonage.ts";
import { isSentByVonage } from "./vonage-signature.ts";

const body = '{"uuid":"aaaaaaaa-bbbb-cccc-dddd-0123456789ab","status":"human"}';

const isSent = (
  signing: Parameters<typeof signedByVonage>[1] = {},
  { received = body, secrets = [vonageSecret], now = monday } = {},
) => isSentByVonage(new Headers(signedByVonage(body, { at: monday, ...signing })), received, secrets, now);

describe("Vonage's signature", () => {
  test("is valid for five minutes, whichever clock is ahead", async () => {
    expect(await isSent()).toBe(true);
    for (const apart of [minutes(5), -minutes(5)]) {
      expect(await isSent({}, { now: monday + apart })).toBe(true);
      expect(await isSent({}, { now: monday + apart + Math.sign(apart) * 1_000 })).toBe(false);
    }
  });

  test("may be made with any of the secrets, of which there must be one", async () => {
    expect(await isSent({}, { secrets: ["new secret", vonageSecret] })).toBe(true);
    expect(await isSent({}, { secrets: ["new secret"] })).toBe(false);
    expect(await isSent({}, { secrets: [] })).toBe(false);
  });

  test("covers the body, whatever spaces it has", async () => {
    expect(await isSent({}, { received: body.replace(":", ": ") })).toBe(true);
    expect(await isSent({}, { received: body.replace("human", "machine") })).toBe(false);
    expect(await isSent({}, { received: "not JSON" })).toBe(false);
  });

  test.each([
    { name: "another issuer", signing: { claims: { iss: "Mallory" } } },
    { name: "no time", signing: { claims: { iat: undefined } } },
    { name: "no hash of the body", signing: { claims: { payload_hash: undefined } } },
    { name: "another algorithm", signing: { algorithm: "HS512" } },
    { name: "no algorithm", signing: { algorithm: "none" } },
  ])("with $name is invalid", async ({ signing }) => {
    expect(await isSent(signing)).toBe(false);
  });

  test.each(["", "Bearer", "Bearer a.b.c", "Basic abc"])(
    "in the header %j is none",
    async (authorization) => {
      expect(await isSentByVonage(new Headers({ authorization }), body, [vonageSecret], monday)).toBe(false);
    },
  );
});
