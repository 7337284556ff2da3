import type { Unresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import { FirstAlert } from "../../components/first-alert.tsx";
import { IncidentRows, RespondToSelected } from "../../components/incident/incident-rows.tsx";
import { isViewer } from "../../site/is-viewer.ts";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface NeedsAttentionProps extends Viewing {
  readonly host: string;
  readonly unresolved: Unresolved;
  /** True if no incident was opened in the last thirty days. */
  readonly isNew: boolean;
}

/** The worst unresolved incidents, those of the viewer first. */
export function NeedsAttention({ unresolved, isNew, viewer, now, here, host }: NeedsAttentionProps) {
  const { top, open, acknowledged } = unresolved;
  if (top.length === 0) {
    return isNew ? (
      <FirstAlert host={host} viewing={{ viewer, here }} />
    ) : (
      <p class="empty">
        No open incidents. <a href={pageHref("incidents", { status: "all" })}>View all incidents</a>
      </p>
    );
  }
  const mine = top.filter(({ assignedTo }) => isViewer(assignedTo, viewer));
  const others = top.filter((incident) => !mine.includes(incident));
  const hidden = open + acknowledged - top.length;
  const rows = { now, viewer };
  return (
    <section aria-labelledby="unresolved">
      {mine.length > 0 && (
        <>
          <h2 id="mine">Assigned to me</h2>
          <IncidentRows incidents={mine} {...rows} />
        </>
      )}
      <h2 id="unresolved">Needs attention</h2>
      {others.length > 0 ? (
        <IncidentRows incidents={others} {...rows} />
      ) : (
        <p class="quiet">No other incident is open.</p>
      )}
      <div class="toolbar">
        <RespondToSelected incidents={top} viewing={{ viewer, here, now }} />
        {hidden > 0 && <a href={pageHref("incidents")}>View {hidden} more</a>}
      </div>
    </section>
  );
}
