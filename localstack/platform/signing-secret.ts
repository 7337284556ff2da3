import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../infra/problem.ts";

/**
 * Returns the signing secret for links if SIGNING_SECRET is not set. It is created once and stored with the
 * data, so that links survive a restart. The caller must hold the data folder's lock.
 *
 * @throws Problem if it can be neither read nor written
 */
export function keptSigningSecret(dataDir: string): string {
  const path = join(dataDir, "signing-secret");
  const fresh = randomBytes(32).toString("hex");
  try {
    const kept = existsSync(path) ? readFileSync(path, "utf8").trim() : "";
    if (kept.length === fresh.length) return kept; // a shorter one was truncated while it was written
    writeFileSync(path, fresh, { mode: 0o600 });
    return fresh;
  } catch {
    throw new Problem(`Cannot store the secret that signs links in ${path}. Set SIGNING_SECRET.`);
  }
}
