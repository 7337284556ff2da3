/** Secrets of a local platform that are not set. They are created once and stored with the data. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../infra/problem.ts";
import { generateVapidKeys, isVapidPair, type VapidKeys } from "../../shared/channels/push/vapid.ts";

/**
 * Returns the signing secret for links, which thus survive a restart. The caller must hold the data folder's lock.
 *
 * @throws Problem if it can be neither read nor written
 */
export function storedSigningSecret(dataDir: string): string {
  const path = join(dataDir, "signing-secret");
  const fresh = () => randomBytes(32).toString("hex");
  // A shorter one was truncated while it was written.
  const isComplete = (text: string) => /^[0-9a-f]{64}$/.test(text);
  return storedSecret({
    path,
    fresh,
    isComplete,
    what: "the secret that signs links",
    settings: "SIGNING_SECRET",
  });
}

/** Returns the keys for push. Browsers that subscribed with them receive nothing signed with others. @throws Problem */
export function storedVapidKeys(dataDir: string): VapidKeys {
  const fresh = () => {
    const { publicKey, privateKey } = generateVapidKeys();
    return `${publicKey} ${privateKey}`;
  };
  const path = join(dataDir, "vapid-keys");
  const isComplete = (text: string) => isVapidPair(pairOf(text));
  return pairOf(
    storedSecret({
      path,
      fresh,
      isComplete,
      what: "the keys for push",
      settings: "VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY",
    }),
  );
}

function pairOf(text: string): VapidKeys {
  const [publicKey = "", privateKey = ""] = text.split(" ");
  return { publicKey, privateKey };
}

interface StoredSecret {
  readonly path: string;
  readonly fresh: () => string;
  readonly isComplete: (text: string) => boolean;
  readonly what: string;
  readonly settings: string;
}

function storedSecret({ path, fresh, isComplete, what, settings }: StoredSecret): string {
  try {
    const stored = existsSync(path) ? readFileSync(path, "utf8").trim() : "";
    if (isComplete(stored)) return stored;
    const made = fresh();
    writeFileSync(path, made, { mode: 0o600 });
    return made;
  } catch {
    throw new Problem(`Cannot store ${what} in ${path}. Set ${settings}.`);
  }
}
