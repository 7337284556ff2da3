import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { text } from "../fields.ts";

/** Actor and comment of an action. The body is optional. */
export const remark = z
  .strictObject({
    actor: text(1, limits.personNameLength).nullable().default(null),
    note: text(1, limits.noteLength).nullable().default(null),
  })
  .prefault({});
