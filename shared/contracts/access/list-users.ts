import * as z from "zod";
import { defineContract } from "../contract.ts";
import { nextCursor, pageQuery } from "../fields.ts";
import { userResource } from "./user.ts";

export const listUsersContract = defineContract({
  service: "notifications",
  method: "GET",
  path: "/api/v1/users",
  summary: "List users",
  description: "Most recently changed first.",
  right: "read",
  query: z.object(pageQuery),
  status: 200,
  response: z.object({ users: z.array(userResource), next_cursor: nextCursor }),
});
