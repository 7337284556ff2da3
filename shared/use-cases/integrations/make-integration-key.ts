import type { MakingDeps } from "./integration-deps.ts";

export function makeIntegrationKey({ makeKey, sha256 }: MakingDeps): { key: string; keyDigest: string } {
  const key = makeKey();
  return { key, keyDigest: sha256(key) };
}
