import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Problem } from "../../infra/problem.ts";
import { isVapidPair } from "../../shared/channels/push/vapid.ts";
import { storedSigningSecret, storedVapidKeys } from "./stored-secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "secret-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  {
    what: "the secret that signs links",
    file: "signing-secret",
    settings: "SIGNING_SECRET",
    read: storedSigningSecret,
  },
  {
    what: "the keys for push",
    file: "vapid-keys",
    settings: "VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY",
    read: storedVapidKeys,
  },
])("$what", ({ file, settings, read }) => {
  const path = join(folder, file);

  it("is created once, readable only by its owner", () => {
    const secret = read(folder);
    expect(read(folder)).toEqual(secret);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("is created again if it was only partly written", () => {
    const secret = read(folder);
    writeFileSync(path, "abc");
    const next = read(folder);
    expect(next).not.toEqual(secret);
    expect(read(folder)).toEqual(next);
  });

  it("that can't be stored is reported with the settings to use instead", () => {
    expect(() => read(join(folder, "nowhere"))).toThrow(Problem);
    expect(() => read(join(folder, "nowhere"))).toThrow(`Set ${settings}.`);
  });
});

it("the secret has 256 bits, and the keys belong together", () => {
  expect(storedSigningSecret(folder)).toMatch(/^[0-9a-f]{64}$/);
  expect(isVapidPair(storedVapidKeys(folder))).toBe(true);
});
