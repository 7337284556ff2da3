/** Log output to a disk that may be full. Lines that cannot be written are dropped. */
import { fstatSync, writeSync } from "node:fs";
import { isatty } from "node:tty";

/**
 * Returns a write function that never throws. After a loss, the next line is preceded by the number of lost
 * lines.
 *
 * @param onLoss called with the reason at the first loss in a row
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

/**
 * Writes to a standard stream. For a file, Node would end the stream permanently at the first error, and the
 * process with it.
 */
export function streamWriter(stream: NodeJS.WriteStream & { readonly fd: number }): (text: string) => void {
  stream.on("error", () => {}); // the reader is gone, which must not stop paging
  const stats = fstatSync(stream.fd);
  if (stats.isFile() || (stats.isCharacterDevice() && !isatty(stream.fd))) {
    return lossyWriter((text) => writeSync(stream.fd, text));
  }
  const write = stream.write.bind(stream);
  return (text) => void write(text);
}
