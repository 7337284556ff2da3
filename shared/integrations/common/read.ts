import type * as z from "zod";
import { Invalid } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import { faultsOf } from "../../validation/faults.ts";

/** Parses a value at a path of the body with a schema. @throws Invalid */
export function read<S extends z.ZodType>(schema: S, value: unknown, at = ""): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = faultsOf(result.error.issues, limits.faultsPerReply);
  throw new Invalid(
    faults.map(({ path, message }) => ({
      path: [at, path].filter((part) => part !== "").join("."),
      message,
    })),
  );
}
