import { excerptOf } from "../../../domain/integrations/integration.ts";
import type { DeadLetter } from "../../../domain/pipeline/dead-letter.ts";
import type { PipelineQueue } from "../../../domain/pipeline/pipeline-queue.ts";
import { capitalize } from "../../components/capitalize.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import { Ago } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { pathOfQueue } from "./queue-param.ts";

interface DeadLettersViewProps extends Viewing {
  readonly queue: PipelineQueue;
  /** Oldest first. */
  readonly deadLetters: readonly DeadLetter[];
}

const bodyLength = 2_000;

/** The first dead letters of a queue, and the form that sends them back. */
export function DeadLettersView({ queue, deadLetters, ...viewing }: DeadLettersViewProps) {
  return (
    <>
      <SettingsTabs page="dead-letters" viewer={viewing.viewer} />
      <p class="crumbs">
        <a href={pageHref("system")}>System</a> <span aria-hidden="true">›</span> {capitalize(queue)}
      </p>
      <h1>Dead letters</h1>
      <p class="lead">
        Messages that failed too often. They are kept for 14 days. Fix the cause, then send them back.
      </p>
      {deadLetters.length === 0 ? (
        <p class="empty">
          No dead letters are available. Those that someone else views or that were just sent back appear
          within a minute.
        </p>
      ) : (
        <>
          <ActionForm
            action="redrive-dead-letters"
            params={{ queue: pathOfQueue(queue) }}
            viewing={viewing}
            class="button-row actions"
          >
            <button type="submit" class="primary">
              Redrive dead letters
            </button>
            <p class="hint">Sends up to 100 of them back to the queue, oldest first.</p>
          </ActionForm>
          <ul class="items">
            {deadLetters.map((deadLetter) => (
              <Item deadLetter={deadLetter} now={viewing.now} />
            ))}
          </ul>
          <p class="quiet searched">The first {deadLetters.length} that are available. Secrets are hidden.</p>
        </>
      )}
    </>
  );
}

function Item({
  deadLetter: { id, sentAt, group, reason, body, wasRedriven },
  now,
}: {
  readonly deadLetter: DeadLetter;
  readonly now: number;
}) {
  return (
    <li class="item" id={`message-${id}`}>
      <div>
        <bdi class="name">{reason ?? "Given up by its queue"}</bdi>
        <p class="about">
          <span>
            Sent <Ago at={sentAt} now={now} />
          </span>
          {wasRedriven && <span>Redriven before</span>}
          <code>{id}</code>
        </p>
        {group !== null && (
          <p class="about">
            <span>Group</span> <bdi>{group}</bdi>
          </p>
        )}
        <pre class="message-body">
          <code>
            <bdi>{excerptOf(body, bodyLength)}</bdi>
          </code>
        </pre>
      </div>
    </li>
  );
}
