import { defineContract } from "../../contract.ts";
import { serviceParams, serviceResource } from "./service.ts";

export const getServiceContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/services/{service}",
  otherMethods: ["PUT", "DELETE"],
  summary: "Get a service",
  right: "read",
  params: serviceParams,
  status: 200,
  response: serviceResource,
});
