/** Logs on a disk that may fill up: a line that can't be written is lost, and nothing else is. */
import { fstatSync, writeSync } from "node:fs";
import { isatty } from "node:tty";

/**
 * Returns a function that never throws. After lines were lost the next one that fits is preceded by their number.
 *
 * @param onLoss called with the reason at the first line that is lost in a row
 */
export function lossyWriter(
  write: (text: string) => void,
  onLoss: (reason: string) => void = () => {},
): (text: string) => void {
  let lost = 0;
  return (text) => {
    try {
      // Part of the first one may have been written.
      if (lost > 0) write(`\n${JSON.stringify({ level: "warn", message: `${lost} log lines were lost` })}\n`);
      lost = 0;
      write(text);
    } catch (error) {
      if (lost === 0) onLoss((error as NodeJS.ErrnoException).code ?? String(error));
      lost += 1;
    }
  };
}

/** Writes to a standard stream. Node ends one that is a file for good at its first error, with the process. */
export function streamWriter(stream: NodeJS.WriteStream & { readonly fd: number }): (text: string) => void {
  stream.on("error", () => {}); // whoever read it is gone; that is no reason to stop paging
  const stats = fstatSync(stream.fd);
  if (stats.isFile() || (stats.isCharacterDevice() && !isatty(stream.fd))) {
    return lossyWriter((text) => writeSync(stream.fd, text));
  }
  const write = stream.write.bind(stream);
  return (text) => void write(text);
}
