import { callOptions } from "../domain/time-budget.ts";
import { detached } from "../telemetry/context.ts";
import { endWithRequest } from "./end-with-request.ts";

/** Settings that stand in AWS's parameter store: a value `ssm:/path/name` names the parameter that has the real one. */

/** @returns the values of those parameters that there are, decrypted */
export type ReadParameters = (names: readonly string[]) => Promise<ReadonlyMap<string, string>>;

const prefix = "ssm:";
/** What GetParameters takes at most. */
const parametersPerCall = 10;

/**
 * Puts real values in place of `ssm:…`, in this process's environment; call it before configuration is read. What is
 * in place already costs nothing.
 *
 * @throws Error that names settings and parameters, and no value
 */
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

/** The client is loaded when something is asked of it: most places keep no setting there. */
async function readFromSsm(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
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

export const loadSecrets = secretsLoader(process.env, readFromSsm);
