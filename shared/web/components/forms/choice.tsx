import { capitalize } from "../capitalize.ts";

interface ChoiceProps<T extends string> {
  readonly name: string;
  readonly label: string;
  readonly values: readonly T[];
  readonly chosen: T | undefined;
  /** Labels of the values. Default: the values. */
  readonly words?: Readonly<Record<T, string>>;
}

/** Select field of a filter, with “Any”. */
export function Choice<T extends string>({ name, label, values, chosen, words }: ChoiceProps<T>) {
  return (
    <div>
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">Any</option>
        {values.map((value) => (
          <option value={value} selected={value === chosen}>
            {capitalize(words?.[value] ?? value)}
          </option>
        ))}
      </select>
    </div>
  );
}
