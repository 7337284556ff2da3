import { detached } from "../telemetry/context.ts";
import { callOptions } from "./call-options.ts";
import { endWithRequest } from "./end-with-request.ts";

/** Settings in the AWS parameter store: the value `ssm:/path/name` refers to a parameter. */

/** @returns the decrypted values of existing parameters */
type ReadParameters = (names: readonly string[]) => Promise<ReadonlyMap<string, string>>;

const prefix = "ssm:";
/** Limit of GetParameters. */
const parametersPerCall = 10;

/**
 * Replaces `ssm:…` values in this process's environment. Call it before configuration is read. Repeated calls
 * cost nothing.
 *
 * @throws Error with the names of settings and parameters, without values
 */
/* @__NO_SIDE_EFFECTS__ */
export function secretsLoader(env: NodeJS.ProcessEnv, read: ReadParameters) {
  const loading = new Map<string, Promise<void>>();

  async function load(names: readonly string[]): Promise<void> {
    const parameters = new Map(names.map((name) => [name, (env[name] ?? "").slice(prefix.length)]));
    const values = await read([...new Set(parameters.values())]);
    const missing = [...parameters].filter(([, parameter]) => !values.has(parameter));
    if (missing.length > 0) {
      const list = missing.map(([name, parameter]) => `${name} (${parameter})`).join(", ");
      throw new Error(`The parameter store has no ${list}`);
    }
    for (const [name, parameter] of parameters) env[name] = values.get(parameter);
  }

  return async (names: readonly string[]): Promise<void> => {
    const absent = names.filter((name) => env[name]?.startsWith(prefix));
    const fresh = absent.filter((name) => !loading.has(name));
    if (fresh.length > 0) {
      const loaded = detached(() => load(fresh)).finally(() => {
        for (const name of fresh) loading.delete(name);
      });
      for (const name of fresh) loading.set(name, loaded);
    }
    await Promise.all(absent.map((name) => loading.get(name)));
  };
}

/** Loads the client on demand, because most stages have no parameters. */
export async function readFromSsm(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { GetParametersCommand, SSMClient } = await import("@aws-sdk/client-ssm");
  const client = endWithRequest(new SSMClient(callOptions));
  const values = new Map<string, string>();
  for (let start = 0; start < names.length; start += parametersPerCall) {
    const batch = names.slice(start, start + parametersPerCall);
    const { Parameters = [] } = await client.send(
      new GetParametersCommand({ Names: batch, WithDecryption: true }),
    );
    for (const { Name, Selector = "", Value } of Parameters) {
      if (Name !== undefined && Value !== undefined) values.set(Name + Selector, Value);
    }
  }
  return values;
}
