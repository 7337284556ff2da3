/** Files as other machines write them: PowerShell in UTF-16, editors on Windows with a mark before UTF-8. */
import { createReadStream } from "node:fs";

/** Tells an encoding by its byte order mark, or by where the zeros of the first character are. */
export function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if ((first === 0xfe && second === 0xff) || first === 0) return "utf-16be";
  return (first === 0xff && second === 0xfe) || second === 0 ? "utf-16le" : "utf-8";
}

/** Decodes the bytes of a whole file, without its mark. */
export function decoded(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** Reads a file of any size in pieces, without its mark. */
export async function* textOfFile(path: string): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder?.decode() ?? "";
}
