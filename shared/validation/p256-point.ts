/** The curve P-256 (FIPS 186-4, D.1.2.3), on which browsers have their keys. */
const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** Returns true for an uncompressed point of the curve in base64url: 4, x and y. */
export function isP256Point(text: string): boolean {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== 65 || bytes[0] !== 4) return false;
  const x = BigInt(`0x${bytes.toString("hex", 1, 33)}`);
  const y = BigInt(`0x${bytes.toString("hex", 33)}`);
  return x < p && y < p && (y * y - x ** 3n + 3n * x - b) % p === 0n;
}
