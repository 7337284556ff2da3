import { defineContract } from "../contract.ts";
import { silenceResource } from "./silence.ts";
import { silenceInput } from "./silence-input.ts";

export const createSilenceContract = defineContract({
  service: "alerts",
  method: "POST",
  path: "/api/v1/silences",
  summary: "Create a silence",
  description: "Silences matching alerts for a limited time, or in recurring maintenance windows.",
  right: "manage",
  team: "resource",
  audited: "silence",
  body: silenceInput,
  status: 201,
  response: silenceResource,
  errors: { 409: "There are too many current and upcoming silences" },
  idempotent: true,
});
