/** Message encryption for Web Push (RFC 8291), with the content coding aes128gcm (RFC 8188). */
import { createCipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";

/** Keys of a browser's subscription, in base64url. */
export interface SubscriptionKeys {
  /** Public key on P-256, 65 bytes. */
  readonly p256dh: string;
  /** Secret that only the browser and the platform know, 16 bytes. */
  readonly auth: string;
}

/** Size of one record. Push services accept 4,096 bytes in all. */
const recordSize = 4_096;
const headerBytes = 16 + 4 + 1 + 65;
/** Delimiter of the last record, and the tag. */
const sealBytes = 1 + 16;

/** Longest text that fits into a message. */
export const maxPlaintextBytes = recordSize - headerBytes - sealBytes;

interface Randomness {
  /** Private key on P-256 of this message only, 32 bytes. */
  readonly privateKey?: Uint8Array;
  readonly salt?: Uint8Array;
}

/**
 * Encrypts a text for one browser.
 *
 * @param randomness fixed values, for the test vectors of RFC 8291
 * @throws RangeError if the text is too long, or another error if the browser's key is no point of the curve
 */
export function encrypt(
  text: string,
  { p256dh, auth }: SubscriptionKeys,
  { privateKey, salt = randomBytes(16) }: Randomness = {},
): Buffer {
  const plaintext = Buffer.from(text);
  if (plaintext.length > maxPlaintextBytes)
    throw new RangeError(`must have at most ${maxPlaintextBytes} bytes`);
  const own = createECDH("prime256v1");
  if (privateKey) own.setPrivateKey(privateKey);
  else own.generateKeys();
  const ownPublic = own.getPublicKey();
  const theirPublic = Buffer.from(p256dh, "base64url");
  const shared = own.computeSecret(theirPublic);

  const keyInfo = Buffer.concat([Buffer.from("WebPush: info\0"), theirPublic, ownPublic]);
  const secret = derive(shared, Buffer.from(auth, "base64url"), keyInfo, 32);
  const key = derive(secret, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = derive(secret, salt, Buffer.from("Content-Encoding: nonce\0"), 12);

  const header = Buffer.alloc(headerBytes);
  header.set(salt, 0);
  header.writeUInt32BE(recordSize, 16);
  header.writeUInt8(ownPublic.length, 20);
  header.set(ownPublic, 21);
  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  // 2 marks the last record.
  const body = Buffer.concat([cipher.update(plaintext), cipher.update(Buffer.of(2)), cipher.final()]);
  return Buffer.concat([header, body, cipher.getAuthTag()]);
}

function derive(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, bytes: number): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, salt, info, bytes));
}
