import type { RecordedAlert } from "../../../domain/alerts/alert.ts";
import type { Change } from "../../../domain/incidents/change.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import type { TimelineEntry } from "../../../domain/incidents/timeline.ts";
import type { Paging } from "../../../use-cases/oncall/read-paging.ts";
import type { Markup } from "../../components/incident/markup.tsx";
import type { Viewing } from "../../site/viewer.ts";

export interface IncidentViewProps extends Viewing {
  readonly incident: Incident;
  /** The latest alerts, newest first. */
  readonly alerts: readonly RecordedAlert[];
  /** Changes to the service from the day before the incident until its end, newest first. */
  readonly changes: readonly Change[];
  /** Oldest first. */
  readonly timeline: readonly TimelineEntry[];
  readonly paging: Paging;
  /** Team that owns the service; undefined if that is not known. */
  readonly owner: string | undefined;
  /** Renders notes and the description. */
  readonly markup: Markup;
}
