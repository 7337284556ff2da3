/** Identification of the platform to push services (RFC 8292). */
import { createECDH, createPrivateKey, type KeyObject, sign } from "node:crypto";

/** A key pair on P-256, in base64url as `web-push generate-vapid-keys` prints it. */
export interface VapidKeys {
  /** 65 bytes. Browsers subscribe with it. */
  readonly publicKey: string;
  /** 32 bytes. */
  readonly privateKey: string;
}

/** Seconds for which a token is valid. At most a day is allowed, and clocks differ. */
const tokenSeconds = 12 * 3_600;

export function generateVapidKeys(): VapidKeys {
  const pair = createECDH("prime256v1");
  pair.generateKeys();
  // A private key may begin with zeros, which are left out.
  const privateKey = Buffer.from(pair.getPrivateKey("hex").padStart(64, "0"), "hex");
  return { publicKey: pair.getPublicKey("base64url"), privateKey: privateKey.toString("base64url") };
}

/** Returns true if the two belong together. */
export function isVapidPair({ publicKey, privateKey }: VapidKeys): boolean {
  try {
    const pair = createECDH("prime256v1");
    pair.setPrivateKey(privateKey, "base64url");
    return pair.getPublicKey("base64url") === publicKey;
  } catch {
    return false;
  }
}

/**
 * Returns a function that makes the Authorization header of a request.
 *
 * @param subject `mailto:` or `https:` URL at which push services reach the operators
 */
export function vapid(keys: VapidKeys, subject: string): (endpoint: string, now: number) => string {
  const key = signingKey(keys);
  const header = encoded({ typ: "JWT", alg: "ES256" });
  return (endpoint, now) => {
    const expiresAt = Math.floor(now / 1_000) + tokenSeconds;
    const signed = `${header}.${encoded({ aud: new URL(endpoint).origin, exp: expiresAt, sub: subject })}`;
    const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
    return `vapid t=${signed}.${signature.toString("base64url")}, k=${keys.publicKey}`;
  };
}

function signingKey({ publicKey, privateKey }: VapidKeys): KeyObject {
  const point = Buffer.from(publicKey, "base64url");
  const x = point.toString("base64url", 1, 33);
  const y = point.toString("base64url", 33);
  return createPrivateKey({ format: "jwk", key: { kty: "EC", crv: "P-256", d: privateKey, x, y } });
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
