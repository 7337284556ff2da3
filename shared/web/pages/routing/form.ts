/** The submitted form of the routing rules: the whole list, and the rule that is open in it. */
import type { RoutingRule } from "../../../domain/alerts/routing.ts";
import type { Fault } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { blankHours } from "../../components/forms/urgency-draft.ts";
import { type FormFields, fieldOf } from "../../site/forms/form.ts";
import { editRows, type FormValue, treeOf } from "../../site/forms/form-tree.ts";
import { blankRule, draftOfRule, insertRule, type RuleDraft, ruleDraft, rulesIn } from "./draft.ts";

/** The rule whose fields are shown. */
export interface OpenRule {
  /** Its index in the list. */
  readonly position: number;
  /** True if it is not in the list yet. */
  readonly isNew: boolean;
  readonly draft: RuleDraft;
}

export interface RoutingForm {
  readonly rules: readonly RoutingRule[];
  readonly open: OpenRule | null;
  readonly faults: readonly Fault[];
  /** ID of the element to focus. */
  readonly focus: string | null;
}

export function formOfRules(rules: readonly RoutingRule[]): RoutingForm {
  return { rules, open: null, faults: [], focus: null };
}

/** Opens a new rule at the start of the list, where no other rule can take its alerts. */
export function withNewRule({ rules }: RoutingForm, fields: Partial<RuleDraft>): RoutingForm {
  return { ...formOfRules(rules), open: { position: 0, isNew: true, draft: { ...blankRule, ...fields } } };
}

const operation = /^(edit|up|down|remove):(\d{1,3})$/;

/**
 * Reads the submitted form and applies the pressed button.
 *
 * @returns undefined if it has no valid list of rules
 */
export function readRoutingForm(fields: FormFields, pressed: string): RoutingForm | undefined {
  const rules = rulesIn(fieldOf(fields, "rules") ?? "");
  if (!rules) return undefined;
  const tree = treeOf(fields);
  const open = openRuleIn(fields, tree, rules.length);
  if (pressed === "cancel") return { ...formOfRules(rules), focus: open ? focusAfter(open, rules) : null };
  const edited = open && editRows(tree, pressed, blankHours);
  if (edited)
    return {
      ...formOfRules(rules),
      open: { ...open, draft: ruleDraft.parse(edited.tree) },
      focus: edited.focus,
    };
  if (open) return applied(rules, open);
  if (pressed === "add") {
    const isFull = rules.length >= limits.routingRules;
    const added = { position: rules.length, isNew: true, draft: blankRule };
    return isFull
      ? {
          ...formOfRules(rules),
          faults: [{ path: "rules", message: `must be at most ${limits.routingRules}` }],
        }
      : { ...formOfRules(rules), open: added, focus: "name" };
  }
  const [, verb, index] = operation.exec(pressed) ?? [];
  const at = Number(index);
  const rule = rules[at];
  if (verb === undefined || !rule) return formOfRules(rules);
  if (verb === "edit")
    return {
      ...formOfRules(rules),
      open: { position: at, isNew: false, draft: draftOfRule(rule) },
      focus: "name",
    };
  const others = rules.toSpliced(at, 1);
  if (verb === "remove") return { ...formOfRules(others), focus: "add" };
  const to = Math.max(0, Math.min(rules.length - 1, verb === "up" ? at - 1 : at + 1));
  // The button is disabled where the rule cannot move further.
  const isAtEdge = to === (verb === "up" ? 0 : rules.length - 1);
  return { ...formOfRules(others.toSpliced(to, 0, rule)), focus: `${isAtEdge ? "edit" : verb}:${to}` };
}

function openRuleIn(fields: FormFields, tree: FormValue, count: number): OpenRule | null {
  const position = Number(fieldOf(fields, "position") || Number.NaN);
  if (!Number.isInteger(position) || position < 0 || position > count) return null;
  return {
    position,
    isNew: fieldOf(fields, "is_new") === "on" || position === count,
    draft: ruleDraft.parse(tree),
  };
}

/** Puts the open rule into the list, or leaves it open with its faults. */
function applied(rules: readonly RoutingRule[], open: OpenRule): RoutingForm {
  const { faults, ...placed } = insertRule(rules, open.draft, open);
  return faults.length === 0
    ? { ...formOfRules(placed.rules), focus: focusAfter({ ...open, isNew: false }, placed.rules) }
    : { rules, open, faults, focus: null };
}

function focusAfter({ position, isNew }: OpenRule, rules: readonly RoutingRule[]): string {
  return isNew || position >= rules.length ? "add" : `edit:${position}`;
}
