/** From worst to least. */
export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

const aliases: Readonly<Record<string, Severity>> = { error: "high", warning: "medium", info: "low" };

/** All that a severity may be called. */
export const severityNames: readonly string[] = [...severities, ...Object.keys(aliases)];

/** Reads a severity as monitoring systems write it, whatever its case; undefined if it is none. */
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
