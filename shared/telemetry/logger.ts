import type { Log } from "../use-cases/ports/system.ts";
import { currentContext } from "./context.ts";

const levels = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof levels)[number];

/** Writes one JSON object per line, with the current context and errors with stack and cause. */
export function createLog(level: LogLevel, write: (line: string) => void, now: () => number): Log {
  const at =
    (entryLevel: LogLevel) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      if (levels.indexOf(entryLevel) < levels.indexOf(level)) return;
      write(
        JSON.stringify(
          {
            level: entryLevel,
            time: new Date(now()).toISOString(),
            message,
            ...currentContext()?.fields,
            ...fields,
          },
          plainErrors,
        ),
      );
    };
  return { info: at("info"), warn: at("warn"), error: at("error") };
}

function plainErrors(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return {
    name: value.name,
    message: value.message,
    stack: value.stack,
    ...(value.cause ? { cause: value.cause } : {}),
  };
}
