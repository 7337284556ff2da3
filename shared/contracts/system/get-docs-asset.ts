import * as z from "zod";
import { defineContract } from "../contract.ts";

export const getDocsAssetContract = defineContract({
  service: "system",
  method: "GET",
  path: "/docs/{asset}",
  summary: "Get a script or style of the API reference",
  right: null,
  params: z.object({ asset: z.string() }),
  status: 200,
  response: null,
});
