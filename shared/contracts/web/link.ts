import * as z from "zod";

export const linkParams = z.object({
  token: z.string().meta({ description: "Signed token with the incident, the action and the actor." }),
});

export const linkErrors = {
  404: "The link's signature is invalid, or its incident does not exist",
  410: "The link has expired",
};
