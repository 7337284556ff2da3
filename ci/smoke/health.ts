import { type Call, Refused } from "../../infra/api-client.ts";
import type { StepOutput } from "../../infra/operate/step-output.ts";
import { Problem } from "../../infra/problem.ts";
import { listIncidentsContract } from "../../shared/contracts/incidents/list-incidents.ts";
import { getHealthContract } from "../../shared/contracts/system/get-health.ts";

/** Checks that the platform and its dependencies are up and that it accepts the API key. @throws Problem if it requires another key */
export async function checkHealth(call: Call, url: string, { check, say }: StepOutput): Promise<void> {
  const { services, dependencies } = await call(getHealthContract);
  for (const [name, { status }] of Object.entries({ ...services, ...dependencies })) {
    if (status !== "ok") check(false, `${name} is ${status}`);
  }
  check(true, `healthy: ${Object.keys({ ...services, ...dependencies }).join(", ")}`);

  await call(listIncidentsContract, { query: { limit: 1 } }).catch((error) => {
    if (!(error instanceof Refused && (error.status === 401 || error.status === 403))) throw error;
    throw new Problem(
      `${url} requires an API key. Set PLATFORM_KEY to a key with the scopes ingest and write.`,
    );
  });
  const { status } = await fetch(`${url}${listIncidentsContract.path}`, {
    signal: AbortSignal.timeout(15_000),
  });
  if (process.env.PLATFORM_KEY) check(status === 401, `requests without a key get ${status}`);
  else say("the platform requires no API key");
}
