import { urgencyChoices } from "../../../domain/incidents/urgency.ts";
import { limits } from "../../../domain/limits.ts";
import { severities } from "../../../domain/severity.ts";
import { type EditorState, editorFields } from "../../components/forms/field-state.ts";
import { optionsOf, SelectField, TextArea, TextField } from "../../components/forms/fields.tsx";
import { UrgencyFields, urgencyNames } from "../../components/forms/urgency-fields.tsx";
import type { OpenRule } from "./form.ts";

interface RuleFieldsProps extends EditorState {
  readonly open: OpenRule;
}

const unchanged = [["", "Unchanged"], ...optionsOf(severities)] as const;
const never = [["", "Never"], ...optionsOf(severities)] as const;

const choices = [
  ["", "As the service"],
  ...optionsOf(urgencyChoices, (choice) => urgencyNames[choice]),
] as const;

/** Fields of one rule: what it matches, and what it does. */
export function RuleFields({ open: { position, isNew, draft }, ...state }: RuleFieldsProps) {
  const fields = editorFields(state);
  return (
    <fieldset class="stack rule-fields" id={`rule-${position}`}>
      <legend>{isNew ? "New rule" : `Rule ${position + 1}`}</legend>
      <input type="hidden" name="position" value={String(position)} autocomplete="off" />
      {isNew && <input type="hidden" name="is_new" value="on" autocomplete="off" />}
      <TextField field={fields("name")} label="Name" value={draft.name} maxlength={limits.ruleNameLength} />
      <TextArea
        field={fields("matchers")}
        label="Matchers"
        value={draft.matchers}
        rows={4}
        hint="One per line, such as service = checkout, or labels.env =~ dev.*. All must match. Leave empty to match every alert."
      />
      <label class="check" for="drop">
        <input type="checkbox" id="drop" name="drop" checked={draft.drop === "on"} /> Drop the alerts
      </label>
      <div class="fields">
        <TextField
          field={fields("service")}
          label="Move to service"
          value={draft.service}
          placeholder="Unchanged"
        />
        <TextField
          field={fields("team")}
          label="Page team"
          value={draft.team}
          placeholder="Owner of the service"
        />
        <SelectField
          field={fields("severity")}
          label="Set severity"
          value={draft.severity}
          options={unchanged}
        />
        <TextField
          field={fields("dedup_key")}
          label="Set dedup key"
          value={draft.dedup_key}
          placeholder="{{labels.cluster}}"
        />
      </div>
      <div class="urgency" id="urgency-of-rule">
        <UrgencyFields draft={draft} fields={fields} label="Set urgency" choices={choices} />
      </div>
      <details id="more-of-rule" open={hasMore(draft) || state.faults.length > 0}>
        <summary>Grouping, inhibition and flapping</summary>
        <div class="fields">
          <TextField
            field={fields("group_by")}
            label="Group by"
            value={draft.group_by}
            placeholder="service, labels.cluster"
          />
          <TextField
            field={fields("group_window")}
            label="Group within"
            value={draft.group_window}
            placeholder="10 min"
          />
          <SelectField
            field={fields("inhibited_by")}
            label="Suppress during an incident of"
            value={draft.inhibited_by}
            options={never}
          />
          <TextField
            field={fields("flaps")}
            label="Flapping after"
            value={draft.flaps}
            placeholder="3 flaps"
          />
          <TextField
            field={fields("flap_window")}
            label="Flaps within"
            value={draft.flap_window}
            placeholder="30 min"
          />
        </div>
      </details>
      <label class="check" for="continue">
        <input type="checkbox" id="continue" name="continue" checked={draft.continue === "on"} /> Continue
        with the next rule
      </label>
      <div class="button-row">
        <button type="submit" name="op" value="apply">
          {isNew ? "Add to list" : "Apply to list"}
        </button>
        <button type="submit" name="op" value="cancel" class="plain">
          Cancel
        </button>
      </div>
    </fieldset>
  );
}

function hasMore({ group_by, group_window, inhibited_by, flaps, flap_window }: OpenRule["draft"]): boolean {
  return [group_by, group_window, inhibited_by, flaps, flap_window].some((value) => value !== "");
}
