import { door } from "../../shared/http/door.ts";
import { integrationTypes } from "../../shared/integrations/registry.ts";
import { doorDeps } from "../../shared/runtime/integrations.ts";

/** Every path that monitoring systems of other platforms know. */
export const handler = door(integrationTypes, doorDeps);
