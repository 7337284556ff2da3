import { currentContext } from "../telemetry/context.ts";

interface Handler {
  // biome-ignore lint/suspicious/noExplicitAny: each SDK client has its own types of requests and responses
  handle(request: any, options?: any): Promise<any>;
}

/**
 * Aborts the calls of an AWS SDK client, and stops its retries, when the time of the current request is over.
 */
export function endWithRequest<C extends { readonly config: { readonly requestHandler: Handler } }>(
  client: C,
): C {
  const { requestHandler } = client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = (request, options) => {
    const signals = [currentContext()?.signal, options?.abortSignal].filter((signal) => signal !== undefined);
    const [abortSignal] = signals.length > 1 ? [AbortSignal.any(signals)] : signals;
    return handle(request, { ...options, ...(abortSignal && { abortSignal }) });
  };
  return client;
}
