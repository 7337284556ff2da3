/** Form of a service: entered values and faults. */
import type { Fault } from "../../../domain/errors.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import { blankHours } from "../../components/forms/urgency-draft.ts";
import type { FormFields } from "../../site/forms/form.ts";
import { type Blanks, editRows, treeOf } from "../../site/forms/form-tree.ts";
import { draftOfService, parseServiceDraft, type ServiceDraft, serviceDraft } from "./draft.ts";

interface ServiceForm {
  readonly draft: ServiceDraft;
  readonly fields: Omit<Service, "name" | "updatedAt"> | null;
  readonly faults: readonly Fault[];
  /** ID of the element to focus. */
  readonly focus: string | null;
}

const blanks: Blanks = { ...blankHours, links: { row: {}, first: "text" } };

export function formOfService(settings: Service | undefined, team: string): ServiceForm {
  return formOf(draftOfService(settings, team), null);
}

/** Reads the submitted form and applies the pressed button to its rows. */
export function readServiceForm(fields: FormFields, operation: string): ServiceForm {
  const tree = treeOf(fields);
  const edited = editRows(tree, operation, blanks);
  return formOf(serviceDraft.parse(edited?.tree ?? tree), edited?.focus ?? null);
}

function formOf(draft: ServiceDraft, focus: string | null): ServiceForm {
  const parsed = parseServiceDraft(draft);
  return "fields" in parsed
    ? { draft, focus, fields: parsed.fields, faults: [] }
    : { draft, focus, fields: null, faults: parsed.faults };
}
