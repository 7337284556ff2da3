import * as z from "zod";
import { id } from "../fields.ts";

export const incidentParams = z.object({
  id: id.meta({ description: "The incident's id or number." }),
});
