import { type PropsWithChildren, useContext } from "hono/jsx";
import { type AuditEntry, type AuditedResource, auditedResources } from "../../../domain/access/audit.ts";
import { capitalize } from "../../components/capitalize.ts";
import { plainField } from "../../components/forms/field-state.ts";
import { anyOption, optionsOf, SelectField, TextField } from "../../components/forms/fields.tsx";
import { ListPages } from "../../components/list-pages.tsx";
import { SettingsTabs } from "../../components/settings-tabs.tsx";
import { Ago, Moment, TimeZone } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { type Difference, differencesOf } from "./differences.ts";

interface Filter {
  readonly kind?: AuditedResource | undefined;
  readonly id?: string | undefined;
  readonly actor?: string | undefined;
}

interface AuditViewProps extends Viewing {
  readonly filter: Filter;
  readonly entries: readonly AuditEntry[];
  readonly first: boolean;
  readonly next: string | null;
}

/** Log of configuration changes. */
export function AuditView({ filter, entries, first, next, now }: AuditViewProps) {
  const filtered = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <SettingsTabs page="audit" />
      <h1>Audit log</h1>
      <Filters filter={filter} />
      {entries.length === 0 ? (
        <p class="empty">
          {next !== null
            ? "No match in the entries searched so far. Choose “Older” to search older ones."
            : filtered
              ? "No changes match these filters."
              : "No changes yet. Every configuration change is listed here."}
        </p>
      ) : (
        <ul class="items">
          {entries.map((entry) => (
            <Entry entry={entry} now={now} />
          ))}
        </ul>
      )}
      <ListPages page="audit" filter={{ ...filter }} first={first} next={next} />
    </>
  );
}

function Entry({ entry, now }: { readonly entry: AuditEntry; readonly now: number }) {
  const { id, at, actor, method, path, requestId, resource, resourceId } = entry;
  return (
    <li class="item entry" id={id}>
      <p>
        {actor === null ? (
          "Someone"
        ) : (
          <a href={pageHref("audit", { actor })}>
            <bdi>{actor}</bdi>
          </a>
        )}{" "}
        <strong>{doneBy(entry)}</strong> {wordOf(resource)}{" "}
        <a href={pageHref("audit", { kind: resource, id: resourceId })}>
          <bdi>{calledOf(entry)}</bdi>
        </a>
      </p>
      <p class="when">
        <Ago at={at} now={now} />
      </p>
      <Differences entry={entry} />
      <p class="about">
        <Moment at={at} />
        {method !== null && (
          <span class="wide">
            {method} <bdi>{path}</bdi>
          </span>
        )}
        {requestId !== null && (
          <span class="wide">
            request <bdi>{requestId}</bdi>
          </span>
        )}
      </p>
    </li>
  );
}

/** Number of differences shown unfolded. */
const unfolded = 12;

/** Old and new values of a change, or all values of what was created or deleted. */
function Differences({ entry }: { readonly entry: AuditEntry }) {
  const differences = differencesOf(entry, useContext(TimeZone));
  if (differences.length === 0) return <p class="quiet">No differences.</p>;
  const changed = entry.before !== null && entry.after !== null;
  const Rows = changed ? Changes : Values;
  const folded = differences.slice(unfolded);
  return (
    <div class={changed ? "differences" : "differences whole"}>
      <Rows differences={differences.slice(0, unfolded)} />
      {folded.length > 0 && (
        <details id={`rest-${entry.id}`}>
          <summary>Show {folded.length} more</summary>
          <Rows differences={folded} />
        </details>
      )}
    </div>
  );
}

interface RowsProps {
  readonly differences: readonly Difference[];
}

function Changes({ differences }: RowsProps) {
  return (
    <dl>
      {differences.map(({ field, before, after }) => (
        <Field name={field}>
          {before === null ? (
            <span class="quiet">none</span>
          ) : (
            <del>
              <bdi>{before}</bdi>
            </del>
          )}
          <span aria-hidden="true"> → </span>
          {after === null ? (
            <span class="quiet">none</span>
          ) : (
            <ins>
              <bdi>{after}</bdi>
            </ins>
          )}
        </Field>
      ))}
    </dl>
  );
}

function Values({ differences }: RowsProps) {
  return (
    <dl>
      {differences.map(({ field, before, after }) => (
        <Field name={field}>
          <bdi>{after ?? before}</bdi>
        </Field>
      ))}
    </dl>
  );
}

function Field({ name, children }: PropsWithChildren<{ readonly name: string }>) {
  return (
    <div>
      <dt>
        <bdi>{name}</bdi>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Filters({ filter: { kind, id, actor } }: { readonly filter: Filter }) {
  return (
    <form method="get" action={pageHref("audit")} class="filters narrowing">
      <SelectField
        field={plainField("kind")}
        label="Resource type"
        value={kind}
        options={[anyOption, ...optionsOf(auditedResources, (each) => capitalize(wordOf(each)))]}
      />
      <TextField field={plainField("id")} label="Name or ID" value={id} maxlength={1_024} />
      <TextField
        field={plainField("actor")}
        label="Actor"
        type="search"
        value={actor}
        maxlength={255}
        aria-keyshortcuts="/"
      />
      <button type="submit">Apply filters</button>
    </form>
  );
}

/** Returns the display name of a resource: a key's name, otherwise its ID. */
function calledOf({ resource, resourceId, before, after }: AuditEntry): string {
  const name = (after ?? before)?.name;
  return resource === "key" && typeof name === "string" ? name : resourceId;
}

function doneBy({ resource, before, after }: AuditEntry): string {
  if (before === null) return "created";
  if (after === null) return "deleted";
  return resource === "dead_letter" ? "redrove" : "updated";
}

function wordOf(resource: AuditedResource): string {
  return resource === "key" ? "API key" : resource.replaceAll("_", " ");
}
