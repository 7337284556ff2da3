import { door } from "../../shared/http/door.ts";
import { integrationTypes } from "../../shared/integrations/registry.ts";
import { doorDeps } from "../../shared/runtime/integrations.ts";

/** Endpoints for monitoring systems with clients of other platforms. */
export const handler = door(integrationTypes, doorDeps);
