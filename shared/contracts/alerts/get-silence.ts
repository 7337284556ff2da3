import { defineContract } from "../contract.ts";
import { otherSilencePaths, silenceParams, silenceResource } from "./silence.ts";

export const getSilenceContract = defineContract({
  service: "alerts",
  method: "GET",
  path: "/api/v1/silences/{id}",
  otherMethods: ["PATCH", "DELETE"],
  summary: "Get a silence",
  right: "read",
  otherPaths: otherSilencePaths,
  params: silenceParams,
  status: 200,
  response: silenceResource,
});
