/**
 * Formats the time of requests once per second. serverless-offline adds it to each event with a library for calendars,
 * which takes half of the work for an event.
 */
interface DateTimeClass {
  readonly prototype: { toFormat(this: { toMillis(): number }, format: string): string };
}

/** The only format of serverless-offline. It has no milliseconds. */
const commonLogFormat = "dd/MMM/yyyy:HH:mm:ss ZZZ";

/** Call it before serverless-offline gets a request. */
export async function formatTimeOncePerSecond(): Promise<void> {
  const { DateTime } = (await import(import.meta.resolve("luxon"))) as { DateTime: DateTimeClass };
  const { toFormat } = DateTime.prototype;
  let last = { second: -1, text: "" };
  DateTime.prototype.toFormat = function (format) {
    if (format !== commonLogFormat) return toFormat.call(this, format);
    const second = Math.floor(this.toMillis() / 1_000);
    if (last.second !== second) last = { second, text: toFormat.call(this, format) };
    return last.text;
  };
}
