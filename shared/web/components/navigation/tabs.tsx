interface TabsProps<T extends string> {
  /** Name of the choice. */
  readonly label: string;
  readonly tabs: readonly {
    readonly name: string;
    readonly value: T | undefined;
    /** Number of entries, where it is known. */
    readonly count?: string | undefined;
  }[];
  readonly chosen: T | undefined;
  readonly href: (value: T | undefined) => string;
}

/** Tabs of a list. */
export function Tabs<T extends string>({ label, tabs, chosen, href }: TabsProps<T>) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ name, value, count }) => (
        <a href={href(value)} aria-current={value === chosen ? "page" : undefined}>
          {name}
          {count !== undefined && <span class="count">{count}</span>}
        </a>
      ))}
    </nav>
  );
}
