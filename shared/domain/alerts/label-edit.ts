import { boundedLabels, cut } from "../integrations/draft.ts";
import { limits } from "../limits.ts";
import type { Alert } from "./alert.ts";

type Labels = Alert["labels"];

/** A change of an alert's labels. Absent parts stay unchanged. */
export interface LabelEdit {
  readonly set?: Labels | undefined;
  readonly removed?: readonly string[] | undefined;
  /** Changes of the list in the label `tags`. */
  readonly tags?: { readonly added: readonly string[]; readonly removed: readonly string[] } | undefined;
}

/** Label that contains a comma-separated list of tags. */
export const tagsLabel = "tags";

/**
 * Returns labels after a change. Repeating it changes nothing. New labels that are too many or too large are dropped,
 * as those of an alert.
 */
export function editLabels(labels: Labels, { set = {}, removed = [], tags }: LabelEdit): Labels {
  const dropped = new Set(removed);
  const kept = Object.entries(labels).filter(([name]) => !dropped.has(name));
  const edited = { ...Object.fromEntries(kept), ...set };
  if (!tags) return boundedLabels(edited);
  const { [tagsLabel]: listed = "", ...others } = edited;
  const text = editTags(parseTags(String(listed)), tags);
  return boundedLabels(text === "" ? others : { ...edited, [tagsLabel]: text });
}

/** Splits the text of a list of tags. */
export function parseTags(text: string): string[] {
  return text
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
}

/** Returns the text of a list of tags. Further tags than it has room for are dropped. */
function editTags(present: readonly string[], { added, removed }: LabelEdit["tags"] & object): string {
  const gone = new Set(removed);
  let text = "";
  for (const tag of new Set([...present, ...added])) {
    if (gone.has(tag)) continue;
    const longer = text === "" ? tag : `${text}, ${tag}`;
    if (longer.length > limits.labelValueLength) break;
    text = longer;
  }
  return text;
}

/** New values of labels; null for those that were removed. */
export type LabelChanges = Readonly<Record<string, Labels[string] | null>>;

/** Returns the changed labels of an edit, for the incident's event, which contains only the first ones and their start. */
export function labelChanges({ set = {}, removed = [], tags }: LabelEdit, labels: Labels): LabelChanges {
  const names = new Set([...(tags ? [tagsLabel] : []), ...Object.keys(set), ...removed]);
  return Object.fromEntries(
    [...names].slice(0, limits.labelsPerEvent).map((name) => {
      const value = labels[name] ?? null;
      return [name, typeof value === "string" ? cut(value, limits.labelExcerptLength) : value];
    }),
  );
}
