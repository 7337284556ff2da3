import * as z from "zod";
import { type KeyScope, keyScopes } from "../../domain/access/api-key.ts";
import type { Caller } from "../../domain/access/decide.ts";
import type { Principal } from "../../domain/access/principal.ts";
import { roles } from "../../domain/access/roles.ts";
import { defineContract } from "../contract.ts";

export const getMeContract = defineContract({
  service: "system",
  method: "GET",
  path: "/api/v1/me",
  summary: "Get the caller",
  description: "Returns the caller's identity and permissions.",
  right: "identify",
  status: 200,
  response: z
    .object({
      kind: z.enum(["person", "key", "local"]).meta({
        description: "local: a platform that requires no keys, where everyone may do everything.",
      }),
      name: z.string().nullable(),
      email: z.string().nullable(),
      scopes: z.array(z.enum(keyScopes)).meta({ description: "Scopes of a key; local: all." }),
      teams: z.array(z.string()).nullable().meta({ description: "Teams that a key can change; null: all." }),
      roles: z
        .array(z.object({ team: z.string().nullable(), role: z.enum(roles) }))
        .meta({ description: "Roles of a person. Team null: in all teams." }),
    })
    .meta({ id: "Me" }),
});

function scopesOf(principal: Principal): KeyScope[] {
  if (principal.kind === "local") return [...keyScopes];
  return principal.kind === "key" ? [...principal.scopes] : [];
}

export function presentCaller({ principal, roles }: Caller): z.input<typeof getMeContract.response> {
  const { kind, name } = principal;
  return {
    kind,
    name,
    email: principal.kind === "person" ? principal.email : null,
    scopes: scopesOf(principal),
    teams: principal.kind === "key" && principal.teams ? [...principal.teams] : null,
    roles: roles.map((each) => ({ ...each })),
  };
}
