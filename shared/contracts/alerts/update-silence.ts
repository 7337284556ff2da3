import { defineContract } from "../contract.ts";
import { otherSilencePaths, silenceParams, silenceResource } from "./silence.ts";
import { silencePatch } from "./silence-input.ts";

export const updateSilenceContract = defineContract({
  service: "alerts",
  method: "PATCH",
  path: "/api/v1/silences/{id}",
  summary: "Update a silence",
  description:
    "Changes the matchers, the times or the comment. Suppressed alerts that it no longer matches page within a minute.",
  right: "manage",
  team: "resource",
  audited: "silence",
  otherPaths: otherSilencePaths,
  params: silenceParams,
  body: silencePatch,
  status: 200,
  response: silenceResource,
  errors: { 409: "The silence has ended" },
});
