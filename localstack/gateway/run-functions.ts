/**
 * Runs functions for serverless-offline. Its own runner looks for the handler's file on every request, copies the
 * environment, and leaves a timer per request.
 */
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Service } from "../service/service.ts";

/** serverless-offline's functions that wait for a run. */
interface FunctionPoolClass {
  readonly prototype: { get(functionKey: string, definition: Definition): FunctionRun };
}

interface Definition {
  readonly name: string;
  /** `dist/functions/<service>/<file>.handler` */
  readonly handler: string;
  /** Seconds. */
  readonly timeout?: number;
}

/** One run, in the form of serverless-offline's LambdaFunction. */
interface FunctionRun {
  setEvent(event: unknown): void;
  setClientContext(context: unknown): void;
  runHandler(): Promise<unknown>;
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

/** Call it before serverless-offline gets a request. */
export async function runFunctions({
  custom,
  provider,
}: Pick<Service, "custom" | "provider">): Promise<void> {
  // It does not export the class.
  const file = new URL("./lambda/LambdaFunctionPool.js", import.meta.resolve("serverless-offline"));
  const { default: FunctionPool } = (await import(file.href)) as { default: FunctionPoolClass };
  const { location: root = "." } = custom["serverless-offline"];
  const handlers = new Map<string, Promise<Handler>>();

  FunctionPool.prototype.get = (functionKey, { name, handler: path, timeout = provider.timeout ?? 6 }) => {
    let event: unknown;
    return {
      setEvent(given) {
        event = given;
      },
      setClientContext() {},
      async runHandler() {
        const handler = await handlerAt(path);
        return within(timeout * 1_000, functionKey, (remainingMs) =>
          handler(event, {
            functionName: name,
            awsRequestId: crypto.randomUUID(),
            getRemainingTimeInMillis: remainingMs,
          }),
        );
      },
    };
  };

  /** A handler that can't be loaded is tried again with the next request. */
  function handlerAt(path: string): Promise<Handler> {
    const known = handlers.get(path);
    if (known) return known;
    const loading = load(resolve(root), path);
    handlers.set(path, loading);
    loading.catch(() => handlers.delete(path));
    return loading;
  }
}

async function load(root: string, path: string): Promise<Handler> {
  const dot = path.lastIndexOf(".");
  const module = await import(pathToFileURL(join(root, `${path.slice(0, dot)}.mjs`)).href);
  return module[path.slice(dot + 1)];
}

async function within<T>(
  limitMs: number,
  functionKey: string,
  run: (remainingMs: () => number) => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  const { promise: never, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`${functionKey} did not end within ${limitMs} ms`)),
    limitMs,
  );
  try {
    return await Promise.race([run(() => Math.max(0, deadline - performance.now())), never]);
  } finally {
    clearTimeout(timer);
  }
}
