/** A routing rule as form data: unvalidated texts. */
import * as z from "zod";
import { presentRouting } from "../../../contracts/alerts/routing.ts";
import { ruleOf, rulesInput } from "../../../contracts/alerts/routing-input.ts";
import type { RoutingRule } from "../../../domain/alerts/routing.ts";
import { formatDuration, parseDuration } from "../../../domain/duration.ts";
import type { Fault } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { distinct, faultsOf } from "../../../validation/faults.ts";
import { formatMatcher, parseMatchers } from "../../components/alerts/matchers.ts";
import {
  draftOfUrgency,
  emptyHours,
  urgencyBodyOf,
  urgencyDraftFields,
  urgencyFault,
} from "../../components/forms/urgency-draft.ts";

const typed = z.string().catch("");

export const ruleDraft = z.object({
  name: typed,
  /** One matcher per line. */
  matchers: typed,
  service: typed,
  team: typed,
  severity: typed,
  ...urgencyDraftFields,
  dedup_key: typed,
  drop: typed,
  /** Separated by commas. */
  group_by: typed,
  group_window: typed,
  inhibited_by: typed,
  flaps: typed,
  flap_window: typed,
  continue: typed,
});

export type RuleDraft = z.output<typeof ruleDraft>;

export const blankRule = ruleDraft.parse(draftOfUrgency(null));

export function draftOfRule(rule: RoutingRule): RuleDraft {
  const { group, flapping } = rule;
  return ruleDraft.parse({
    name: rule.name,
    matchers: rule.matchers.map(formatMatcher).join("\n"),
    service: rule.service ?? "",
    team: rule.team ?? "",
    severity: rule.severity ?? "",
    ...draftOfUrgency(rule.urgency),
    dedup_key: rule.dedupKey ?? "",
    drop: rule.drop ? "on" : "",
    group_by: group?.by.join(", ") ?? "",
    group_window: group ? formatDuration(group.windowSeconds) : "",
    inhibited_by: rule.inhibitedBy ?? "",
    flaps: flapping ? String(flapping.swings) : "",
    flap_window: flapping ? formatDuration(flapping.windowSeconds) : "",
    continue: rule.continues ? "on" : "",
  });
}

/** Converts a form to the API's request body. Values that are not numbers become NaN, which no schema accepts. */
function ruleBodyOf(draft: RuleDraft): object {
  const parsed = parseMatchers(draft.matchers);
  const fields = draft.group_by.split(",").map((field) => field.trim());
  const by = fields.filter((field) => field !== "");
  const orNull = (text: string) => (text.trim() === "" ? null : text);
  const seconds = (text: string) => parseDuration(text) ?? Number.NaN;
  return {
    name: draft.name.trim(),
    matchers: "invalid" in parsed ? [] : parsed,
    service: orNull(draft.service),
    team: orNull(draft.team),
    severity: orNull(draft.severity),
    urgency: draft.urgency === "" ? null : urgencyBodyOf(draft),
    dedup_key: orNull(draft.dedup_key),
    drop: draft.drop === "on",
    group:
      by.length === 0 && draft.group_window === ""
        ? null
        : { by, window_seconds: seconds(draft.group_window) },
    inhibited_by: orNull(draft.inhibited_by),
    flapping:
      draft.flaps === "" && draft.flap_window === ""
        ? null
        : { swings: Number(draft.flaps || "NaN"), window_seconds: seconds(draft.flap_window) },
    continue: draft.continue === "on",
  };
}

const durationFault = "must be a duration up to 1 d, such as 10 min";

/** Fields of the form by the paths of the body that differ. */
const formFields: readonly (readonly [path: RegExp, field: keyof RuleDraft, message?: string])[] = [
  [/^matchers\b/, "matchers"],
  [/^urgency$/, "urgency", "must be one of the options"],
  [/^group\.by\b/, "group_by"],
  [/^group\.window_seconds$/, "group_window", durationFault],
  [/^flapping\.swings$/, "flaps", `must be a number from 1 to ${limits.flapSwings}`],
  [/^flapping\.window_seconds$/, "flap_window", durationFault],
];

function formFaultOf({ path, message }: Fault): Fault {
  const found = formFields.find(([pattern]) => pattern.test(path));
  const [, line] = /^matchers\.(\d+)\./.exec(path) ?? [];
  if (line !== undefined) return { path: "matchers", message: `Line ${Number(line) + 1} ${message}` };
  return found ? { path: found[1], message: found[2] ?? message } : { path, message };
}

interface PlacedRule {
  readonly rules: readonly RoutingRule[];
  readonly faults: readonly Fault[];
}

/** Puts the rule of a form into the list. If it is invalid, the list stays as it is. */
export function insertRule(
  rules: readonly RoutingRule[],
  draft: RuleDraft,
  { position, isNew }: { readonly position: number; readonly isNew: boolean },
): PlacedRule {
  const parsed = parseMatchers(draft.matchers);
  const unreadable: readonly Fault[] = [
    ...emptyHours(draft),
    ...("invalid" in parsed
      ? [
          {
            path: "matchers",
            message: `must have lines such as service = checkout, not ${parsed.invalid}`,
          },
        ]
      : []),
  ];
  const bodies: readonly unknown[] = bodiesOf(rules);
  const result = rulesInput.safeParse(bodies.toSpliced(position, isNew ? 0 : 1, ruleBodyOf(draft)));
  if (result.success && unreadable.length === 0) return { rules: result.data.map(ruleOf), faults: [] };
  const own = `${position}.`;
  const faults = faultsOf(result.error?.issues ?? [], limits.faultsPerReply).map(({ path, message }) =>
    urgencyFault(formFaultOf({ path: path.startsWith(own) ? path.slice(own.length) : path, message }), draft),
  );
  return { rules, faults: [...unreadable, ...distinct(faults)] };
}

/** Returns rules as in the API's request body. */
export function bodiesOf(rules: readonly RoutingRule[]): readonly object[] {
  return presentRouting({ rules, version: 0, inForceFrom: 0 }).rules;
}

/** Reads the rules that a form contains. @returns undefined if they were changed to something else */
export function rulesIn(text: string): readonly RoutingRule[] | undefined {
  try {
    const parsed = rulesInput.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.map(ruleOf) : undefined;
  } catch {
    return undefined;
  }
}
