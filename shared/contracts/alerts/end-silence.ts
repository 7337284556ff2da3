import { defineContract } from "../contract.ts";
import { otherSilencePaths, silenceParams, silenceResource } from "./silence.ts";

export const endSilenceContract = defineContract({
  service: "alerts",
  method: "DELETE",
  path: "/api/v1/silences/{id}",
  summary: "End a silence",
  description: "Suppressed alerts that still fire page within a minute.",
  right: "manage",
  team: "resource",
  audited: "silence",
  otherPaths: otherSilencePaths,
  params: silenceParams,
  status: 200,
  response: silenceResource,
});
