import type { EdgeDeps } from "../../../shared/http/app.ts";

/** Request handling of a platform that requires no keys. It logs and counts nothing, and its clock stands at 0. */
export const openEdge = (): EdgeDeps => ({
  access: { keysRequired: false, apiKeys: [], hosts: [], corsOrigins: [] },
  clock: () => 0,
  ulid: () => "ID",
  log: { info: () => {}, warn: () => {}, error: () => {} },
  metrics: { count: () => {}, observe: () => {} },
});
