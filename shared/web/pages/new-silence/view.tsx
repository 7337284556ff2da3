import { limits } from "../../../domain/limits.ts";
import { weekdays } from "../../../domain/wall-clock.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import { AlertTabs } from "../../components/alerts/alert-tabs.tsx";
import { Compared } from "../../components/alerts/compared.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { SelectField, TextArea, TextField } from "../../components/forms/fields.tsx";
import { shortDay } from "../../components/local-time.ts";
import { SeverityMark } from "../../components/marks.tsx";
import { Ago, Moment } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import type { SilencePreview } from "./preview.ts";
import type { WindowFields } from "./windows.ts";

/** Values of the form, as text. */
interface SilenceValues extends WindowFields {
  readonly matchers: string;
  readonly start: string;
  readonly duration: string;
  readonly comment: string;
}

const defaults: SilenceValues = {
  matchers: "",
  start: "",
  duration: "1 h",
  comment: "",
  days: [],
  from: "02:00",
  to: "04:00",
  timezone: "UTC",
};

interface NewSilenceViewProps extends Viewing {
  readonly counts: AlertingCounts;
  /** Initial values. */
  readonly values: Partial<SilenceValues>;
  readonly preview: SilencePreview | null;
  /** Notice about the initial values. */
  readonly notice?: string | undefined;
}

/** The form that creates a silence, and the latest alerts that it would match. */
export function NewSilenceView({ counts, values, preview, notice, ...viewing }: NewSilenceViewProps) {
  const { matchers, start, duration, comment, ...windows } = { ...defaults, ...values };
  const field = fieldsOf("create-silence", viewing.formErrors);
  return (
    <>
      <AlertTabs page="new-silence" counts={counts} />
      <h1>New silence</h1>
      {notice !== undefined && <p class="notice">{notice}</p>}
      <div class="columns">
        <ActionForm action="create-silence" viewing={viewing} class="panel stack" redrawn>
          <TextArea
            field={field("matchers")}
            label="Matchers"
            value={matchers}
            rows={5}
            hint="One per line. All must match, such as: service = checkout, or labels.env =~ dev.*"
          />
          <div class="fields top">
            <TextField
              field={field("start")}
              label="Start"
              type="datetime-local"
              value={start}
              hint="Optional. Leave empty to start now."
            />
            <TextField
              field={field("duration")}
              label="Duration"
              value={duration}
              maxlength={64}
              hint="From the start, such as 30 min, 2 h or 3 d. Optional if it repeats."
            />
          </div>
          <SelectField
            field={field("timezone")}
            label="Time zone"
            value={windows.timezone}
            options={timezones().map((zone) => [zone, zone])}
          />
          <Windows viewing={viewing} windows={windows} />
          <TextField
            field={field("comment")}
            label="Reason"
            value={comment}
            maxlength={limits.commentLength}
          />
          <div class="button-row">
            <button type="submit" name="op" value="create" class="primary">
              Create silence
            </button>
            <button type="submit" name="op" value="preview">
              Preview matches
            </button>
            <a href={pageHref("silences")}>Cancel</a>
          </div>
        </ActionForm>
        {preview && <Preview preview={preview} now={viewing.now} />}
      </div>
    </>
  );
}

function timezones(): readonly string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}

interface WindowsProps {
  readonly viewing: Viewing;
  readonly windows: WindowFields;
}

/** Recurring windows, folded unless there are any. */
function Windows({ viewing: { formErrors }, windows: { days, from, to } }: WindowsProps) {
  const field = fieldsOf("create-silence", formErrors);
  const sent = formErrors?.action === "create-silence" ? formErrors.values : undefined;
  const chosen: readonly string[] = sent ? (sent.days ?? []) : days;
  return (
    <details id="windows" open={chosen.length > 0}>
      <summary>Repeat every week</summary>
      <fieldset class="days">
        <legend>Days</legend>
        {weekdays.map((day) => (
          <label class="check">
            <input type="checkbox" name="days" value={day} checked={chosen.includes(day)} /> {shortDay(day)}
          </label>
        ))}
      </fieldset>
      <div class="fields top">
        <TextField field={field("from")} label="From" type="time" value={from} />
        <TextField
          field={field("to")}
          label="To"
          type="time"
          value={to}
          hint="A time before the start is on the next day."
        />
      </div>
    </details>
  );
}

interface PreviewProps {
  readonly preview: SilencePreview;
  readonly now: number;
}

function Preview({ preview: { latest, matched, active }, now }: PreviewProps) {
  return (
    <section aria-labelledby="preview">
      {active && (
        <>
          <h2>Next active</h2>
          {active.length === 0 && <p class="quiet">The silence ends before its first window.</p>}
          <ul class="periods">
            {active.map(({ start, end }) => (
              <li>
                <Moment at={start} /> to <Moment at={end} />
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 id="preview">Matching alerts</h2>
      <Compared latest={latest} matched={matched.length} />
      <ol class="incidents">
        {matched.slice(0, limits.previewedAlerts).map(({ id, message, severity, service, receivedAt }) => (
          <li class={`row calm ${severity}`}>
            <a class="title" href={pageHref("alert", { id })}>
              <bdi>{message}</bdi>
            </a>
            <p class="about">
              <SeverityMark severity={severity} /> <bdi>{service}</bdi>
            </p>
            <p class="age">
              <Ago at={receivedAt} now={now} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
