import { limits } from "../../../domain/limits.ts";
import { Suggestions, TextField, type TextFieldProps } from "./fields.tsx";

interface TeamFieldProps extends Omit<TextFieldProps, "label" | "list" | "maxlength"> {
  /** Known teams, to suggest. A form has one such field. */
  readonly teams: readonly string[];
}

/** The name of a team, which may be new. */
export function TeamField({ teams, ...props }: TeamFieldProps) {
  return (
    <>
      <TextField {...props} label="Team" list="teams" maxlength={limits.teamLength} />
      <Suggestions id="teams" values={teams} />
    </>
  );
}
