import { limits } from "../../../domain/limits.ts";
import { AlertTabs } from "../../components/alert-tabs.tsx";
import { Compared } from "../../components/compared.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { TextArea, TextField } from "../../components/forms/fields.tsx";
import { SeverityMark } from "../../components/marks.tsx";
import { Ago } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import type { SilencePreview } from "./preview.ts";

interface NewSilenceViewProps extends Viewing {
  /** Initial values, as text. */
  readonly matchers: string;
  readonly duration?: string;
  readonly comment?: string;
  readonly preview: SilencePreview | null;
  /** Notice about the initial values. */
  readonly notice?: string | undefined;
}

/** The form that creates a silence, and the latest alerts that it would match. */
export function NewSilenceView(props: NewSilenceViewProps) {
  const { matchers, duration = "1 h", comment = "", preview, notice, ...viewing } = props;
  const field = fieldsOf("create-silence", viewing.formErrors);
  return (
    <>
      <AlertTabs page="new-silence" />
      <h1>New silence</h1>
      {notice !== undefined && <p class="notice">{notice}</p>}
      <div class="columns">
        <ActionForm action="create-silence" viewing={viewing} class="panel stack">
          <TextArea
            field={field("matchers")}
            label="Matchers"
            value={matchers}
            rows={5}
            hint="One per line. All must match, such as: service = checkout, or labels.env =~ dev.*"
          />
          <TextField
            field={field("duration")}
            label="Duration"
            value={duration}
            maxlength={64}
            hint="From now, such as 30 min, 2 h or 3 d."
          />
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

interface PreviewProps {
  readonly preview: SilencePreview;
  readonly now: number;
}

function Preview({ preview: { latest, matched }, now }: PreviewProps) {
  return (
    <section aria-labelledby="preview">
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
