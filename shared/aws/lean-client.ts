/** Steps of each call that only describe it: a log that no one reads, and the names and versions of libraries. */
const descriptive = ["loggerMiddleware", "getUserAgentMiddleware"];

interface Client {
  readonly middlewareStack: { remove(name: string): boolean };
}

/** Removes steps from an AWS SDK client that have no effect on its result: logging and the user agent. */
export function leanClient<C extends Client>(client: C): C {
  for (const name of descriptive) client.middlewareStack.remove(name);
  return client;
}
