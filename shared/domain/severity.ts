/** Severities, most severe first. */
export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

const aliases: Readonly<Record<string, Severity>> = { error: "high", warning: "medium", info: "low" };

/** All accepted names of severities. */
export const severityNames: readonly string[] = [...severities, ...Object.keys(aliases)];

/** Parses a severity as monitoring systems write it, case-insensitively; undefined if unknown. */
export function parseSeverity(text: string): Severity | undefined {
  const lower = text.trim().toLowerCase();
  return (
    severities.find((severity) => severity === lower) ??
    (Object.hasOwn(aliases, lower) ? aliases[lower] : undefined)
  );
}

export function isWorse(severity: Severity, than: Severity): boolean {
  return severities.indexOf(severity) < severities.indexOf(than);
}
