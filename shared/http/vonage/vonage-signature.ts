import { jwtVerify } from "jose/jwt/verify";
import { sha256 } from "../../crypto/sha256.ts";

const toleranceSeconds = 300;

/**
 * Returns true if Vonage sent this body: a JWT in the Authorization header is signed with HMAC-SHA256, not older than
 * five minutes, and contains the hash of the body. The hash is over JSON without spaces.
 *
 * @param secrets while they are rotated, several are valid
 */
export async function isSentByVonage(
  headers: Headers,
  body: string,
  secrets: readonly string[],
  now: number,
): Promise<boolean> {
  const [, token = ""] = /^Bearer (\S+)$/i.exec(headers.get("authorization") ?? "") ?? [];
  const results = await Promise.all(
    secrets.map(async (secret) => {
      try {
        const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
          algorithms: ["HS256"],
          issuer: "Vonage",
          maxTokenAge: 0,
          clockTolerance: toleranceSeconds,
          currentDate: new Date(now),
        });
        return [sha256(body), sha256(compact(body))].includes(String(payload.payload_hash));
      } catch {
        return false;
      }
    }),
  );
  return results.includes(true);
}

/** Returns JSON without spaces; a text that is no JSON as it is. */
function compact(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
}
