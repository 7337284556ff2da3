import * as z from "zod";
import { id } from "../fields.ts";

export const incidentParams = z.object({
  id: id.meta({ description: "ID or number of the incident." }),
});
