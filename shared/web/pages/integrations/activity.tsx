import type { Integration, IntegrationActivity } from "../../../domain/integrations/integration.ts";
import { count } from "../../../domain/text/count.ts";
import { Ago } from "../../components/time.tsx";

export interface KnownIntegration {
  readonly integration: Integration;
  readonly activity: IntegrationActivity;
  /** Team that owns the service; null if the service is not listed. */
  readonly team: string | null;
}

/** Events and errors of an integration. */
export function Activity({
  activity: { events, errors, lastEventAt },
  now,
}: {
  readonly activity: IntegrationActivity;
  readonly now: number;
}) {
  return (
    <>
      {lastEventAt === null ? (
        <span class="delivery queued">
          <span aria-hidden="true">…</span> Waiting for first event
        </span>
      ) : (
        <span>
          {count(events, "event")}, last <Ago at={lastEventAt} now={now} />
        </span>
      )}
      {errors > 0 && <span class="alarm">{count(errors, "error")}</span>}
    </>
  );
}
