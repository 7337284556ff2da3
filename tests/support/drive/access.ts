import { bodyExamples } from "../functions/body-examples.ts";
import type { Driver } from "./driver.ts";
import { driveScim } from "./scim.ts";

/** Creates, rotates and revokes a key, and lists what was changed by whom. */
export async function driveAccess(driver: Driver): Promise<void> {
  const { send, ask } = driver;
  await driveScim(driver);
  const key = await ask("create-api-key");
  const params = { id: key.id ?? "" };
  await send("list-api-keys");
  await send("get-api-key", { params });
  await send("rotate-api-key", { params });
  await send("revoke-api-key", { params });
  const [, , emergency] = bodyExamples["POST /api/v1/keys"] ?? [];
  const { id = "" } = await ask("create-api-key", { body: emergency });
  await send("revoke-api-key", { params: { id } });
  await send("create-api-key", { body: { name: "ci", scopes: ["write"], teams: ["payments"] } });
  await send("get-me");
  await send("get-roles");
  // Without an administrator among people, a key is looked for.
  await send("put-roles", { body: { roles: [] } });
  await send("put-roles");
  const team = { team: "payments" };
  await send("put-team-roles", { params: team });
  await send("get-team-roles", { params: team });
  for (const filter of ["", "resource=service", "actor=ops", "resource=service/checkout"])
    await send("list-audit", { query: filter });
  await send("get-health");
  await send("get-service-health", { params: { service: "alerts" } });
}
