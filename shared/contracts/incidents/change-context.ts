import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { text } from "../fields.ts";

/** Actor and comment of an action. */
export const changeContextShape = {
  actor: text(1, limits.personNameLength).nullable().default(null),
  note: text(1, limits.noteLength).nullable().default(null),
};

/** Body with nothing else, which is optional. */
export const changeContext = z.strictObject(changeContextShape).prefault({});
