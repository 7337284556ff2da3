interface ChoiceProps<T extends string> {
  readonly name: string;
  readonly label: string;
  readonly values: readonly T[];
  readonly chosen: T | undefined;
  /** Label of each value. Default: the value itself. */
  readonly words?: Readonly<Record<T, string>>;
}

/** Selection of one of several values, or any. */
export function Choice<T extends string>({ name, label, values, chosen, words }: ChoiceProps<T>) {
  return (
    <div>
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">Any</option>
        {values.map((value) => (
          <option value={value} selected={value === chosen}>
            {words?.[value] ?? value}
          </option>
        ))}
      </select>
    </div>
  );
}
