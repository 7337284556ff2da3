import type { Alert } from "../../../domain/alerts/alert.ts";
import type { RoutingRule } from "../../../domain/alerts/routing.ts";
import { isDropped, isMatched, isMoved, type RoutedAlert } from "../../../domain/alerts/routing-preview.ts";
import { limits } from "../../../domain/limits.ts";
import type { LatestAlerts } from "../../../use-cases/alerts/read-latest-alerts.ts";
import { Compared } from "../../components/alerts/compared.tsx";
import { Ago } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import { urgencyWords } from "./rule-text.ts";

/** The latest alerts before and after the rules. */
export interface TestedRules {
  readonly latest: LatestAlerts;
  readonly routed: readonly RoutedAlert[];
}

interface TestResultProps {
  readonly rules: readonly RoutingRule[];
  readonly tested: TestedRules;
  readonly now: number;
}

/** Numbers of matched, dropped and moved alerts, and the latest of them with their changes. */
export function TestResult({ rules, tested: { latest, routed }, now }: TestResultProps) {
  const matched = routed.filter(isMatched);
  const shown = matched.slice(0, limits.previewedAlerts);
  const unused = rules.filter(
    ({ name }) => !matched.some(({ routed }) => routed.route?.rules.includes(name)),
  );
  return (
    <section aria-labelledby="tested" id="test-result" tabindex={-1} autofocus>
      <h2 id="tested">Test result</h2>
      <dl class="tiles">
        <Figure name="Matched" value={matched.length} />
        <Figure name="Dropped" value={routed.filter(isDropped).length} />
        <Figure name="Moved" value={routed.filter(isMoved).length} />
      </dl>
      <Compared latest={latest} matched={matched.length} />
      {latest.alerts.length > 0 && unused.length > 0 && (
        <p class="quiet">
          Matched nothing:{" "}
          {unused.slice(0, limits.previewedAlerts).map(({ name }, index) => (
            <>
              {index > 0 && ", "}
              <bdi>{name}</bdi>
            </>
          ))}
          {unused.length > limits.previewedAlerts && ` and ${unused.length - limits.previewedAlerts} more`}
        </p>
      )}
      {shown.length > 0 && (
        <table class="tested">
          <thead>
            <tr>
              <th scope="col">Alert</th>
              <th scope="col">Rules</th>
              <th scope="col">Before → after</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((alert) => (
              <TestedAlert alert={alert} now={now} />
            ))}
          </tbody>
        </table>
      )}
      {matched.length > shown.length && (
        <p class="quiet">The latest {shown.length} matched alerts are shown.</p>
      )}
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div class="tile">
      <dt class="quiet">{name}</dt>
      <dd class="figure">{value}</dd>
    </div>
  );
}

function TestedAlert({ alert, now }: { readonly alert: RoutedAlert; readonly now: number }) {
  const { received, routed } = alert;
  const changes = changesOf(received, routed);
  return (
    <tr>
      <th scope="row">
        <a href={pageHref("alert", { id: received.id })} class="clamped">
          <bdi>{received.message}</bdi>
        </a>{" "}
        <span class="quiet">
          <Ago at={received.receivedAt} now={now} />
        </span>
      </th>
      <td data-name="Rules">
        {routed.route?.rules.map((name, index) => (
          <>
            {index > 0 && ", "}
            <bdi>{name}</bdi>
          </>
        ))}
      </td>
      <td data-name="Before → after">
        {isDropped(alert) ? (
          <b>Dropped</b>
        ) : changes.length === 0 ? (
          <span class="quiet">No change</span>
        ) : (
          <ul>
            {changes.map(({ name, before, after }) => (
              <li>
                {name}: <bdi class="quiet">{before}</bdi> → <bdi>{after}</bdi>
              </li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}

function changesOf(before: Alert, after: Alert) {
  const values = [
    ["Service", before.service, after.service],
    ["Team", before.team ?? "owner", after.team ?? "owner"],
    ["Severity", before.severity, after.severity],
    ["Urgency", urgencyOf(before), urgencyOf(after)],
    ["Dedup key", before.dedupKey ?? "none", after.dedupKey ?? "none"],
  ] as const;
  return values.flatMap(([name, before, after]) => (before === after ? [] : [{ name, before, after }]));
}

function urgencyOf({ route }: Alert): string {
  return route?.urgency === undefined ? "as the service" : urgencyWords(route.urgency);
}
