import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import { limits } from "../domain/limits.ts";
import { TooLarge, UnknownEncoding, Unreadable } from "./errors.ts";

/**
 * A request's body as text, decoded as its Content-Encoding says (RFC 9110 8.4).
 *
 * @throws TooLarge, Unreadable or UnknownEncoding
 */
export async function readBody(request: Request): Promise<string> {
  const sent = Buffer.from(await request.arrayBuffer());
  const encodings = encodingsOf(request.headers);
  // The last encoding was applied last.
  const body = sent.length === 0 ? sent : encodings.toReversed().reduce(decode, sent);
  if (body.length > limits.bodyBytes) throw tooLarge();
  return new TextDecoder().decode(body);
}

/** An endless list of encodings would cost as many decompressions. */
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

/** @throws TooLarge before more than a body may weigh is decompressed, or Unreadable */
function decode(body: Buffer, encoding: string): Buffer {
  try {
    return decoders[encoding]?.(body, { maxOutputLength: limits.bodyBytes }) ?? body;
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new Unreadable(`The body is not valid ${encoding}`);
  }
}

/** Some clients send deflate without the header of zlib (RFC 1950), which tells itself by its check bits. */
function hasZlibHeader(body: Buffer): boolean {
  return body.length >= 2 && (body.readUInt8(0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0;
}

function tooLarge(): TooLarge {
  return new TooLarge(`The body may weigh ${limits.bodyBytes} bytes, after decompression`);
}
