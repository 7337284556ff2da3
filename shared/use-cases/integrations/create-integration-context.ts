import { correlationKey } from "../../domain/alerts/correlation.ts";
import { labelPrefix, matchEverything } from "../../domain/alerts/matcher.ts";
import { Unavailable } from "../../domain/errors.ts";
import type { Sha256 } from "../../domain/hash-chain.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { changeOf, draftOf, storedDedupKey } from "../../domain/integrations/draft.ts";
import type { Integration } from "../../domain/integrations/integration.ts";
import type { MonitoringEvent } from "../../domain/integrations/monitoring-event.ts";
import { limits } from "../../domain/limits.ts";
import type { Metrics } from "../../domain/metrics.ts";
import { findInText, matchesPattern, patternFault } from "../../domain/pattern.ts";
import { acceptAlerts } from "../alerts/accept-alerts.ts";
import { heartbeatsByName } from "../alerts/heartbeats/heartbeats-by-name.ts";
import { searchIncidents } from "../incidents/search-incidents.ts";
import type { AlertQueue, AlertStore, DowntimeStore, HeartbeatStore } from "../ports/alerts.ts";
import type { ChangeStore, IncidentEventStore, IncidentStore } from "../ports/incidents.ts";
import type { IntegrationContext, IntegrationSilences } from "../ports/integration-context.ts";
import type { ActivityRecorder, IntegrationMemory } from "../ports/integrations.ts";
import type { Log, SeededUlids, Ulid } from "../ports/system.ts";

interface IntegrationContextDeps {
  readonly incidents: IncidentStore;
  readonly incidentEvents: IncidentEventStore;
  readonly ulid: Ulid;
  readonly log: Log;
  readonly alertQueue: AlertQueue;
  readonly alerts: Pick<AlertStore, "find">;
  readonly changes: Pick<ChangeStore, "append">;
  readonly memory: IntegrationMemory;
  readonly heartbeats: HeartbeatStore;
  readonly downtime: Pick<DowntimeStore, "load">;
  readonly seededUlids: SeededUlids;
  readonly keeper: Pick<ActivityRecorder, "countEvents">;
  readonly fetch: IntegrationContext["fetch"];
  readonly silencesOf?: (integration: Integration, now: number) => IntegrationSilences;
  readonly sha256: Sha256;
  readonly metrics: Metrics;
}

/** Operations of an integration, limited to its own alerts and incidents. */
export function createIntegrationContext(
  deps: IntegrationContextDeps,
  {
    integration,
    title,
    now,
    warn,
  }: Pick<IntegrationContext, "integration" | "now" | "warn"> & { readonly title: string },
): IntegrationContext {
  const { sha256 } = deps;
  const ulid = () => deps.ulid(now);
  const prefix = storedDedupKey(integration, "", sha256);
  const toClient = <T extends { readonly dedupKey: string | null }>(value: T): T => ({
    ...value,
    dedupKey: value.dedupKey?.slice(prefix.length) ?? null,
  });
  const find = (dedupKey: string): Promise<Incident | undefined> =>
    deps.incidents.findByCorrelationKey(
      correlationKey({
        service: integration.service,
        severity: "low",
        dedupKey: storedDedupKey(integration, dedupKey, sha256),
      }),
      now,
    );
  const isOwn = ({ dedupKey }: Incident) => dedupKey?.startsWith(prefix) ?? false;
  const incidents: IntegrationContext["incidents"] = async ({ statuses, matches, most }) => {
    const search = {
      statuses,
      most,
      matches: (incident: Incident) => isOwn(incident) && matches(toClient(incident)),
    };
    const found = await searchIncidents(deps, integration.service, search);
    return { ...found, incidents: found.incidents.map(toClient) };
  };
  async function remember(name: string, text: string, forSeconds: number): Promise<void> {
    await deps.memory.remember({
      integrationId: integration.id,
      name,
      text,
      until: now + forSeconds * 1_000,
    });
  }
  const recall = (name: string) => deps.memory.recall(integration.id, name);

  /** IDs by the sender's event ID, stored before queueing, so that a retry queues the same alerts. */
  async function idsOf(events: readonly MonitoringEvent[]): Promise<ReadonlyMap<string | undefined, string>> {
    const names = new Set(events.map(({ eventId }) => eventId).filter((name) => name !== undefined));
    const ids = [...names].map(async (eventId): Promise<[string, string]> => {
      const name = `event:${sha256(eventId)}`;
      const known = await recall(name);
      if (known !== undefined) return [eventId, known];
      const id = idPrefixes.alert + ulid();
      await remember(name, id, limits.integrationEventSeconds);
      return [eventId, id];
    });
    return new Map(await Promise.all(ids));
  }

  return {
    integration,
    now,
    ulid,
    sha256,
    warn,
    fetch: deps.fetch,
    async take(events) {
      const ids = await idsOf(events);
      const drafts = events.map((event) => ({
        ...draftOf(integration, event, title, sha256),
        id: ids.get(event.eventId),
      }));
      const { alerts } = await acceptAlerts(deps, drafts, now);
      await deps.keeper.countEvents(integration.id, drafts.length);
      return alerts.map((alert) => {
        if (!alert) throw new Unavailable("The alert queue");
        return alert.id;
      });
    },
    async noteChange(change) {
      await deps.changes.append(changeOf(integration, change, idPrefixes.change + ulid(), now));
      await deps.keeper.countEvents(integration.id, 1);
    },
    async followUp(dedupKey, change) {
      const event = {
        action: "acknowledge",
        message: change.note ?? "",
        severity: "medium",
        dedupKey,
      } as const;
      const draft = draftOf(integration, { ...event, source: change.actor ?? undefined }, title, sha256);
      const alert = { ...draft, id: idPrefixes.followUp + ulid(), timestamp: now, receivedAt: now };
      const refused = await deps.alertQueue.sendFollowUps([{ alert, ...change }]);
      if (refused.size > 0) throw new Unavailable("The alert queue");
      await deps.keeper.countEvents(integration.id, 1);
    },
    async findAlert(id) {
      const alert = await deps.alerts.find(id);
      return alert?.dedupKey?.startsWith(prefix) ? toClient(alert) : undefined;
    },
    async findIncident(dedupKey) {
      const incident = await find(dedupKey);
      return incident && toClient(incident);
    },
    incidents,
    history: (incidentId) => deps.incidentEvents.history(incidentId),
    heartbeats: heartbeatsByName(deps, { remember, recall }, integration.service, now),
    async firing() {
      const most = limits.pageSize;
      const found = await incidents({ statuses: ["open", "acknowledged"], matches: () => true, most });
      return found.incidents.slice(0, most);
    },
    remember,
    patterns: { fault: patternFault, matches: matchesPattern, find: findInText },
    matchEverything: (matchers) =>
      matchEverything(matchers.map(({ name, ...rest }) => ({ field: labelPrefix + name, ...rest }))),
    silences: deps.silencesOf?.(integration, now),
    recall,
  };
}
