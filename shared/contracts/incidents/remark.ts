import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { text } from "../fields.ts";

/** Who does something and what they say about it; the body may be left out. */
export const remark = z
  .strictObject({
    actor: text(1, limits.personNameLength).nullable().default(null),
    note: text(1, limits.noteLength).nullable().default(null),
  })
  .prefault({});
