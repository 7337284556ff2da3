/** Steps of each call that only describe it: a log that no one reads, and the names and versions of libraries. */
const descriptive = ["loggerMiddleware", "getUserAgentMiddleware"];

interface Client {
  readonly middlewareStack: { remove(name: string): boolean };
  readonly config: { signer: (...scheme: never[]) => Promise<unknown> };
}

/**
 * Removes steps from an AWS SDK client that have no effect on its result: logging, the user agent, and a new signer for
 * each call. The signer asks for the credentials of each call, so they are still renewed.
 */
export function leanClient<C extends Client>(client: C): C {
  for (const name of descriptive) client.middlewareStack.remove(name);
  const { config } = client;
  const makeSigner = config.signer;
  let signer: Promise<unknown> | undefined;
  config.signer = (...scheme) => {
    if (!signer) {
      signer = makeSigner(...scheme);
      signer.catch(() => {
        signer = undefined;
      });
    }
    return signer;
  };
  return client;
}
