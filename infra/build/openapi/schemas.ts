import { isDeepStrictEqual } from "node:util";
import * as z from "zod";

/** What of a JSON schema is looked into; the rest passes through. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly anyOf?: readonly JsonSchema[];
  readonly required?: readonly string[];
  readonly description?: string;
}

const local = "#/$defs/";
const shared = "#/components/schemas/";

/** Describes zod schemas; those with an id in their meta become components. */
export function schemaCollector() {
  const components: Record<string, unknown> = {};
  return {
    /** @throws when an id stands for two different schemas */
    describe(schema: z.ZodType, io: "input" | "output"): JsonSchema {
      // One level down, a schema with an id is a reference too.
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

/** A default of what a transformation gives says nothing about what goes in. */
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
