import { defineContract } from "../contract.ts";
import { silenceResource } from "./silence.ts";
import { silenceInput } from "./silence-input.ts";

export const createSilenceContract = defineContract({
  service: "alerts",
  method: "POST",
  path: "/api/v1/silences",
  summary: "Silence alerts for a while, or again and again in maintenance windows",
  scope: "write",
  audited: "silence",
  answeredBy: "change-alerting",
  body: silenceInput,
  status: 201,
  response: silenceResource,
  errors: { 409: "There are too many silences in force or to come" },
  idempotent: true,
});
