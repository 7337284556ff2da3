/** Fields of a form that may come back with faults. */
import type { ActionName, Refused } from "../contracts/web/routes.ts";

export interface FieldState {
  readonly id: string;
  readonly name: string;
  /** What somebody had put in; undefined where nothing was refused. */
  readonly sent: string | undefined;
  readonly fault: string | undefined;
}

/** The fields of a form by name, as they were sent if they were refused. */
export function fieldsOf(
  action: ActionName,
  refused: Refused | null | undefined,
): (name: string) => FieldState {
  const mine = refused?.action === action ? refused : undefined;
  return (name) => ({
    id: `${action}-${name}`,
    name,
    sent: mine && (mine.values[name] ?? ""),
    fault: mine?.faults.find(({ path }) => path === name)?.message,
  });
}

/** What an input has of its field. */
export function attributesOf({ id, name, fault }: FieldState) {
  return {
    id,
    name,
    ...(fault !== undefined && { "aria-invalid": "true", "aria-describedby": `${id}-fault` }),
  } as const;
}

export function FieldFault({ field: { id, fault } }: { readonly field: FieldState }) {
  if (fault === undefined) return null;
  return (
    <p class="fault" id={`${id}-fault`}>
      <bdi>{fault}</bdi>
    </p>
  );
}
