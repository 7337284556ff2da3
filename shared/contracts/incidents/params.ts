import * as z from "zod";

export const incidentParams = z.object({
  id: z.string().meta({ description: "The incident's id or number." }),
});
