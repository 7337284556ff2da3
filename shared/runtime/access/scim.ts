import { lazy } from "../../caching/lazy.ts";
import { denialRecorder } from "../../http/record-denial.ts";
import type { ScimGatewayDeps } from "../../http/scim/gateway.ts";
import { scimUseCases } from "../../use-cases/access/scim/scim-use-cases.ts";
import { baseUrlOf } from "../base-url.ts";
import { keyEdge } from "../endpoint.ts";
import { accessEvents } from "../stores.ts";
import { log } from "../system.ts";
import { scimDeps } from "./provisioning.ts";

export const scimGatewayDeps = lazy(
  (): ScimGatewayDeps => ({
    edge: { ...keyEdge(), recordDenial: denialRecorder(accessEvents(), log()) },
    baseUrlOf,
    useCases: scimUseCases(scimDeps()),
  }),
);
