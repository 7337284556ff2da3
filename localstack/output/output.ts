import { existsSync, openSync, renameSync, statSync, writeSync } from "node:fs";
import { lossyWriter, streamWriter } from "../../shared/telemetry/lossy-writer.ts";
import { shortLines } from "./short-line.ts";

const ROTATE_BYTES = 50 * 1024 * 1024;

interface Output {
  /** Prints a line for the user. */
  say(line: string): void;
  /** Enables plain text output of functions, such as pages, on the terminal. */
  open(): void;
}

/**
 * Separates this process's output. Structured lines (JSON) go to the log file, and warnings and errors also
 * to the terminal in short form. Plain text goes to the terminal after `open`.
 */
export function splitOutput(file: string): Output {
  if (existsSync(file) && statSync(file).size > ROTATE_BYTES) renameSync(file, `${file}.1`);
  const terminal = streamWriter(process.stdout);
  const log = lossyWriter(appender(file), (reason) =>
    terminal(`The log ${file} is incomplete from here on: it can't be written (${reason}).\n`),
  );
  const shorten = shortLines(() => performance.now());
  let opened = false;

  for (const stream of [process.stdout, process.stderr]) {
    const write = streamWriter(stream);
    const divert = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
      const structured = text.startsWith('{"');
      if (structured) log(text);
      const short = structured && /"level":"(warn|error)"/.test(text) && shorten(text);
      if (short) terminal(`${short}\n`);
      if (!structured && (opened || stream === process.stderr)) write(text);
      const done = rest.at(-1);
      if (typeof done === "function") process.nextTick(done as () => void);
      return true;
    };
    stream.write = divert as typeof stream.write;
  }
  return {
    say(line) {
      terminal(`${line}\n`);
    },
    open() {
      opened = true;
    },
  };
}

/** Opened by the first line, because a full disk cannot create a file either. */
function appender(file: string): (text: string) => void {
  let descriptor: number | undefined;
  return (text) => {
    descriptor ??= openSync(file, "a");
    writeSync(descriptor, text);
  };
}
