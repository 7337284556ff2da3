/** Settings of an integration's type as form fields, which are derived from the type's schema. */
import type * as z from "zod";
import { capitalize } from "../../components/capitalize.ts";
import type { FieldOf } from "../../components/forms/field-state.ts";
import { optionsOf, SelectField, TextArea, TextField } from "../../components/forms/fields.tsx";

export interface Setting {
  readonly name: string;
  readonly kind: "choice" | "pairs" | "secret" | "text";
  /** Values of a choice; names of pairs. */
  readonly values: readonly string[];
}

/** Definition inside of a schema. Wrappers such as a default have another schema inside. */
interface Definition {
  readonly type: string;
  readonly innerType?: { readonly def: Definition };
  readonly entries?: Readonly<Record<string, string>>;
  readonly keyType?: { readonly def: Definition };
}

/** Returns the settings of a type in the order of its schema. */
export function settingsOf(schema: z.ZodObject | undefined): readonly Setting[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const { type, entries, keyType } = innermost((field as { readonly def: Definition }).def);
    if (type === "enum") return { name, kind: "choice", values: Object.values(entries ?? {}) };
    if (type === "record") return { name, kind: "pairs", values: Object.values(keyType?.def.entries ?? {}) };
    return { name, kind: isSecret(name) ? "secret" : "text", values: [] };
  });
}

function innermost(definition: Definition): Definition {
  return definition.innerType ? innermost(definition.innerType.def) : definition;
}

function isSecret(name: string): boolean {
  return /secret|token|password/i.test(name);
}

/** Returns pairs as lines of `name = value`. */
export function formatPairs(value: unknown): string {
  const pairs = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return pairs.map(([name, each]) => `${name} = ${each}`).join("\n");
}

/** Parses lines of `name = value`. A line without `=` has an empty value, which no schema accepts. */
export function parsePairs(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const [name = "", value = ""] = line.split(/=(.*)/s);
      return [name.trim(), value.trim()];
    }),
  );
}

interface SettingFieldsProps {
  readonly settings: readonly Setting[];
  /** Current values. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly field: FieldOf;
}

/** One field per setting. Secrets are never shown. */
export function SettingFields({ settings, values, field }: SettingFieldsProps) {
  return (
    <>
      {settings.map(({ name, kind, values: known }) => {
        const common = { field: field(`settings.${name}`), label: labelOf(name) };
        const value = values[name];
        switch (kind) {
          case "choice":
            return <SelectField {...common} value={String(value)} options={optionsOf(known)} />;
          case "pairs":
            return (
              <TextArea
                {...common}
                value={formatPairs(value)}
                rows={4}
                hint={`Optional. One per line, such as message = $.alert.title. Fields: ${known.join(", ")}.`}
              />
            );
          case "secret":
            return (
              <TextField
                {...common}
                type="password"
                autocomplete="new-password"
                hint={value === undefined ? "Optional." : "A secret is set. Leave empty to keep it."}
              />
            );
          default:
            return (
              <TextField {...common} value={value === undefined ? "" : String(value)} hint="Optional." />
            );
        }
      })}
    </>
  );
}

function labelOf(name: string): string {
  return capitalize(name.replaceAll("_", " ")).replace(/\barn\b/, "ARN");
}
