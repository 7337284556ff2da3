import { expect, test } from "vitest";
import { keyScopes } from "../../domain/access/api-key.ts";
import { local } from "../../domain/access/principal.ts";
import { presentCaller } from "./get-me.ts";

test("someone on a platform without keys may do everything", () => {
  expect(presentCaller({ principal: local, roles: [] })).toEqual({
    kind: "local",
    name: null,
    email: null,
    scopes: keyScopes,
    teams: null,
    roles: [],
  });
});
