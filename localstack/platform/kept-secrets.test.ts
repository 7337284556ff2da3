import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Problem } from "../../infra/problem.ts";
import { isVapidPair } from "../../shared/channels/push/vapid.ts";
import { keptSigningSecret, keptVapidKeys } from "./kept-secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "secret-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  {
    what: "the secret that signs links",
    file: "signing-secret",
    setting: "SIGNING_SECRET",
    read: keptSigningSecret,
  },
  { what: "the keys for push", file: "vapid-keys", setting: "VAPID_PRIVATE_KEY", read: keptVapidKeys },
])("$what", ({ file, setting, read }) => {
  const path = join(folder, file);

  it("is made once, and is for its owner's eyes", () => {
    const secret = read(folder);
    expect(read(folder)).toEqual(secret);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("is made again if it was written in part", () => {
    const secret = read(folder);
    writeFileSync(path, "abc");
    const next = read(folder);
    expect(next).not.toEqual(secret);
    expect(read(folder)).toEqual(next);
  });

  it("that can't be kept is a problem that says what to set", () => {
    expect(() => read(join(folder, "nowhere"))).toThrow(Problem);
    expect(() => read(join(folder, "nowhere"))).toThrow(setting);
  });
});

it("the secret has 256 bits, and the keys belong together", () => {
  expect(keptSigningSecret(folder)).toMatch(/^[0-9a-f]{64}$/);
  expect(isVapidPair(keptVapidKeys(folder))).toBe(true);
});
