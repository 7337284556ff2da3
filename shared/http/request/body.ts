import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import { limits } from "../../domain/limits.ts";
import { TooLarge, UnknownEncoding, Unreadable } from "../errors.ts";

/**
 * Reads the body as text, decoded according to Content-Encoding (RFC 9110 8.4).
 *
 * @throws TooLarge, Unreadable or UnknownEncoding
 */
export async function readBody(request: Request): Promise<string> {
  const sent = Buffer.from(await request.arrayBuffer());
  const encodings = encodingsOf(request.headers);
  // Encodings are listed in the order of their application.
  const body = sent.length === 0 ? sent : encodings.toReversed().reduce(decode, sent);
  if (body.length > limits.bodyBytes) throw tooLarge();
  return new TextDecoder().decode(body);
}

/** Maximum number of encodings, because each costs a decompression. */
const mostEncodings = 3;

const decoders: Readonly<Record<string, (body: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  "x-gzip": gunzipSync,
  deflate: (body, options) => (hasZlibHeader(body) ? inflateSync : inflateRawSync)(body, options),
};

/** @throws UnknownEncoding */
function encodingsOf(headers: Headers): string[] {
  const names = (headers.get("content-encoding") ?? "").split(",").map((name) => name.trim().toLowerCase());
  const encodings = names.filter((name) => name !== "" && name !== "identity");
  const unknown = encodings.find((name) => !Object.hasOwn(decoders, name));
  if (unknown !== undefined)
    throw new UnknownEncoding(`Content-Encoding ${JSON.stringify(unknown.slice(0, 64))} is not supported`);
  if (encodings.length > mostEncodings)
    throw new UnknownEncoding(`The body has more than ${mostEncodings} content encodings`);
  return encodings;
}

/** @throws TooLarge before it decompresses more than the limit, or Unreadable */
function decode(body: Buffer, encoding: string): Buffer {
  try {
    return decoders[encoding]?.(body, { maxOutputLength: limits.bodyBytes }) ?? body;
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new Unreadable(`The body is not valid ${encoding}`);
  }
}

/**
 * Returns true for a zlib header (RFC 1950), identified by its check bits. Some clients send deflate without
 * it.
 */
function hasZlibHeader(body: Buffer): boolean {
  return body.length >= 2 && (body.readUInt8(0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0;
}

function tooLarge(): TooLarge {
  return new TooLarge(`The body must be at most ${limits.bodyBytes} bytes after decompression`);
}
