import * as z from "zod";

export const linkParams = z.object({
  token: z
    .string()
    .meta({ description: "Signed: it says what may be done to which incident, in whose name." }),
});

export const linkErrors = {
  404: "Nobody here has signed this link, or its incident is gone",
  410: "The link has expired",
};
