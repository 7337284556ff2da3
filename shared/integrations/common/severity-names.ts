/** Severity names of other systems, besides the platform's own: Nagios, syslog, Zabbix, Opsgenie, Azure. */
import { parseSeverity, type Severity } from "../../domain/severity.ts";

const named = {
  critical: "crit fatal emergency emerg panic disaster page alert p1 sev0 sev1",
  high: "err major failure failed severe p2 sev2",
  medium: "warn moderate average minor p3 sev3",
  low: "informational information notice debug none p4 p5 sev4 sev5",
} satisfies Record<Severity, string>;

const words: ReadonlyMap<string, Severity> = new Map(
  Object.entries(named).flatMap(([severity, all]) =>
    all.split(" ").map((name) => [name, severity as Severity]),
  ),
);

/** Parses a severity, ignoring case and surrounding spaces; undefined for an unknown name. */
export function severityNamed(name: string): Severity | undefined {
  return parseSeverity(name) ?? words.get(name.trim().toLowerCase().replaceAll(/[-_ ]/g, ""));
}
