import { type ApiKey, isValid, keyScopes } from "../../../domain/access/api-key.ts";
import { ActionForm } from "../../components/action-form.tsx";
import { Ago, formatSpan } from "../../components/duration.tsx";
import { attributesOf, FieldFault, fieldsOf, LabelledInput } from "../../components/field.tsx";
import { ListPages } from "../../components/list-pages.tsx";
import { Moment } from "../../components/moment.tsx";
import { SettingsTabs } from "../../components/settings-tabs.tsx";
import { ShowOnce } from "../../components/show-once.tsx";
import type { Viewing } from "../../site/viewer.ts";

interface KnownKey {
  readonly apiKey: ApiKey;
  /** Null if it was never used. */
  readonly lastUsedAt: number | null;
}

interface ApiKeysViewProps extends Viewing {
  readonly keys: readonly KnownKey[];
  /** A key that was just created, shown once. */
  readonly secret: string | null;
  readonly first: boolean;
  readonly next: string | null;
}

/** API keys of programs and people. */
export function ApiKeysView({ keys, secret, first, next, ...viewing }: ApiKeysViewProps) {
  return (
    <>
      <SettingsTabs page="api-keys" />
      <h1>API keys</h1>
      <p class="lead">
        What lets programs and people in where keys are asked for. Keys of the setting <code>API_KEYS</code>{" "}
        are not listed.
      </p>
      {secret !== null && <ShowOnce what="the key" id="new-key" text={secret} />}
      <div class="columns">
        <div>
          {keys.length === 0 ? (
            <p class="empty">No key was made yet.</p>
          ) : (
            <ul class="items">
              {keys.map((known) => (
                <KeyItem known={known} viewing={viewing} />
              ))}
            </ul>
          )}
          <ListPages page="api-keys" first={first} next={next} />
        </div>
        <section>
          <KeyForm {...viewing} />
        </section>
      </div>
    </>
  );
}

function KeyItem({ known, viewing }: { readonly known: KnownKey; readonly viewing: Viewing }) {
  const { apiKey, lastUsedAt } = known;
  const { id, name, keyPrefix, scopes, createdAt, rotatedAt } = apiKey;
  const { now } = viewing;
  const valid = isValid(apiKey, now);
  return (
    <li class={valid ? "item" : "item over"} id={id}>
      <div>
        <bdi class="name">{name}</bdi> <code>{keyPrefix}…</code>
        <p class="about">
          <span>may {scopes.join(", ")}</span>
          <span>
            made <Ago at={createdAt} now={now} />
          </span>
          {rotatedAt !== null && (
            <span>
              rotated <Ago at={rotatedAt} now={now} />
            </span>
          )}
          <span>{lastUsedAt === null ? "never used" : <Used at={lastUsedAt} now={now} />}</span>
          <Until apiKey={apiKey} now={now} />
        </p>
      </div>
      {valid && (
        <details id={`more-${id}`}>
          <summary>Rotate or revoke</summary>
          <ActionForm action="change-api-keys" viewing={viewing} class="answers">
            <input type="hidden" name="id" value={id} />
            <button type="submit" name="change" value="rotate">
              Rotate
            </button>
            <button type="submit" name="change" value="revoke" class="danger">
              Revoke for good
            </button>
            <p class="hint">Either way the key that is in use opens nothing after ten seconds.</p>
          </ActionForm>
        </details>
      )}
    </li>
  );
}

/** Last use of a key, which is recorded at most once per hour. */
function Used({ at, now }: { readonly at: number; readonly now: number }) {
  return now - at < 3_600_000 ? (
    <>used within the hour</>
  ) : (
    <>
      used <Ago at={at} now={now} />
    </>
  );
}

function Until({
  apiKey: { revokedAt, validUntil },
  now,
}: {
  readonly apiKey: ApiKey;
  readonly now: number;
}) {
  if (revokedAt !== null) {
    return (
      <strong>
        revoked <Ago at={revokedAt} now={now} />
      </strong>
    );
  }
  if (validUntil === null) return <span>holds until it is revoked</span>;
  if (validUntil <= now) {
    return (
      <strong>
        expired <Ago at={validUntil} now={now} />
      </strong>
    );
  }
  const soon = validUntil - now < 14 * 86_400_000;
  return (
    <span class={soon ? "alarm" : undefined}>
      expires in {formatSpan(validUntil - now)} (<Moment at={validUntil} />)
    </span>
  );
}

const meanings = {
  ingest: "send alerts",
  read: "look at everything but keys and the audit log",
  write: "read, answer incidents and configure",
  admin: "everything, keys and the audit log too",
} as const;

const lifetimes = [
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "a year"],
  ["", "until it is revoked"],
] as const;

function KeyForm(viewing: Viewing) {
  const field = fieldsOf("change-api-keys", viewing.formErrors);
  const [scopes, days] = [field("scopes"), field("days")];
  return (
    <ActionForm action="change-api-keys" viewing={viewing} class="panel stack">
      <h2>Make a key</h2>
      <LabelledInput
        field={field("name")}
        label="Name"
        hint="Who or what uses it: things are done in this name."
        required
        maxlength={128}
      />
      <fieldset aria-describedby={scopes.fault && `${scopes.id}-fault`}>
        <legend>It may</legend>
        {keyScopes.map((scope) => (
          <label class="check">
            <input type="checkbox" name="scopes" value={scope} />
            <span>
              <strong>{scope}</strong> <span class="quiet">{meanings[scope]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <FieldFault field={scopes} />
      <label for={days.id}>It holds</label>
      <select {...attributesOf(days)}>
        {lifetimes.map(([lifetime, words]) => (
          <option value={lifetime} selected={lifetime === (days.sent ?? "90")}>
            {words}
          </option>
        ))}
      </select>
      <FieldFault field={days} />
      <button type="submit" name="change" value="create" class="primary">
        Make the key
      </button>
    </ActionForm>
  );
}
