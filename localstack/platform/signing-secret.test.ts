import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Problem } from "../../infra/problem.ts";
import { keptSigningSecret } from "./signing-secret.ts";

const folder = mkdtempSync(join(tmpdir(), "secret-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the secret that signs links", () => {
  it("is made once, and is for its owner's eyes", () => {
    const secret = keptSigningSecret(folder);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(keptSigningSecret(folder)).toBe(secret);
    expect(statSync(join(folder, "signing-secret")).mode & 0o777).toBe(0o600);
  });

  it("that can't be kept is a problem that says what to set", () => {
    expect(() => keptSigningSecret(join(folder, "nowhere"))).toThrow(Problem);
    expect(() => keptSigningSecret(join(folder, "nowhere"))).toThrow("SIGNING_SECRET");
  });
});
