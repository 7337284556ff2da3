import type * as z from "zod";
import { Invalid } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import { faultsOf } from "../validation/faults.ts";

/** What a schema makes of a value that lies at a path of the body. @throws Invalid */
export function read<S extends z.ZodType>(schema: S, value: unknown, at = ""): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = faultsOf(result.error.issues, limits.faultsPerReply);
  throw new Invalid(
    faults.map(({ path, message }) => ({
      path: [at, path].filter((part) => part !== "").join("."),
      message,
    })),
    faults[0]?.message,
  );
}
