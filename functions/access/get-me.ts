import { getMeContract, presentCaller } from "../../shared/contracts/access/get-me.ts";
import { localCaller } from "../../shared/http/access.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { currentCaller } from "../../shared/telemetry/current-caller.ts";

export const handler = endpoint(getMeContract, async () => ({
  body: presentCaller(currentCaller() ?? localCaller),
}));
