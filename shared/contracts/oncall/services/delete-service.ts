import { defineContract } from "../../contract.ts";
import { serviceParams, serviceResource } from "./service.ts";

export const deleteServiceContract = defineContract({
  service: "oncall",
  method: "DELETE",
  path: "/api/v1/services/{service}",
  summary: "Delete a service",
  description:
    "Deletes the owner and the settings of a service. Its later incidents go to the team of the same name, or to the " +
    "default team.",
  right: "manage",
  team: "resource",
  audited: "service",
  params: serviceParams,
  status: 200,
  response: serviceResource,
});
