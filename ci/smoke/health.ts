import { type Call, Refused } from "../../infra/api-client.ts";
import type { Narrator } from "../../infra/operate/narrator.ts";
import { Problem } from "../../infra/problem.ts";
import { listIncidentsContract } from "../../shared/contracts/incidents/list-incidents.ts";
import { getHealthContract } from "../../shared/contracts/system/get-health.ts";

/**
 * Checks that the platform and its dependencies are healthy and accept the key. @throws Problem if a key is
 * missing or invalid
 */
export async function checkHealth(call: Call, url: string, { check, say }: Narrator): Promise<void> {
  const { services, dependencies } = await call(getHealthContract);
  for (const [name, { status }] of Object.entries({ ...services, ...dependencies })) {
    if (status !== "ok") check(false, `${name} is ${status}`);
  }
  check(true, `up: ${Object.keys({ ...services, ...dependencies }).join(", ")}`);

  await call(listIncidentsContract, { query: { limit: 1 } }).catch((error) => {
    if (!(error instanceof Refused && (error.status === 401 || error.status === 403))) throw error;
    throw new Problem(
      `${url} lets in only who has a key: set PLATFORM_KEY to one with the scopes ingest and write.`,
    );
  });
  const { status } = await fetch(`${url}${listIncidentsContract.path}`, {
    signal: AbortSignal.timeout(15_000),
  });
  if (process.env.PLATFORM_KEY) check(status === 401, `without a key it answers ${status}`);
  else say("it asks for no key");
}
