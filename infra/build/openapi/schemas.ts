import { isDeepStrictEqual } from "node:util";
import * as z from "zod";

/** The parts of a JSON schema that are inspected. The rest passes through. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly required?: readonly string[];
  readonly description?: string;
}

const local = "#/$defs/";
const shared = "#/components/schemas/";

/** Converts zod schemas to JSON schemas. Schemas with an ID in their metadata become components. */
export function schemaCollector() {
  const components: Record<string, unknown> = {};
  return {
    /** @throws if two different schemas have the same ID */
    describe(schema: z.ZodType, io: "input" | "output"): JsonSchema {
      // Nested one level down, so that a schema with an ID is a reference too.
      const { properties, $defs = {} } = z.toJSONSchema(z.object({ it: schema }), {
        io,
        unrepresentable: "any",
        override: ({ jsonSchema }) => dropForeignDefault(jsonSchema),
      });
      for (const [id, definition] of Object.entries(withSharedRefs($defs) as Record<string, object>)) {
        const { id: _, ...described } = definition as { id?: string };
        if (id in components && !isDeepStrictEqual(components[id], described)) {
          throw new Error(`Two schemas have the id ${id}, or one differs on its way in and out`);
        }
        components[id] = described;
      }
      return withSharedRefs(properties?.it) as JsonSchema;
    },
    components: () => components,
  };
}

/** Removes a default of a transformation's output, which does not describe the input. */
function dropForeignDefault(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.type === "string" && schema.default !== undefined && typeof schema.default !== "string") {
    delete schema.default;
  }
}

function withSharedRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSharedRefs);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === "$ref" && typeof item === "string" ? item.replace(local, shared) : withSharedRefs(item),
    ]),
  );
}
