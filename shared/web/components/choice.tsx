interface ChoiceProps<T extends string> {
  readonly name: string;
  readonly label: string;
  readonly values: readonly T[];
  readonly chosen: T | undefined;
  /** What each is called; itself unless given. */
  readonly words?: Readonly<Record<T, string>>;
}

/** One of some values, or any. */
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
