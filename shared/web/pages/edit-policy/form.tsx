/** Form of the escalation policy editor: entered values, faults and preview. */
import { policyInput, policyOf } from "../../../contracts/oncall/policy.ts";
import { sha256 } from "../../../crypto/sha256.ts";
import type { Fault } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { defaultPolicy, type EscalationPolicy } from "../../../domain/oncall/escalation.ts";
import type { stepsOf } from "../../../use-cases/oncall/simulate.ts";
import type { TeamSchedule } from "../../../use-cases/ports/oncall.ts";
import { faultsOf } from "../../../validation/faults.ts";
import type { FormFields } from "../../site/forms/form.ts";
import { type Blanks, editRows, treeOf } from "../../site/forms/form-tree.ts";
import { draftOfPolicy, type PolicyDraft, policyBodyOf, policyDraft, policyFormFaults } from "./draft.ts";
import { type PolicyEditorProps, PolicyEditorView } from "./view.tsx";

/** A draft, and the resulting policy if it is valid. */
interface PolicyForm {
  readonly draft: PolicyDraft;
  readonly policy: EscalationPolicy | null;
  readonly faults: readonly Fault[];
  /** ID of the element to focus. */
  readonly focus: string | null;
}

const target = { to: "primary" };
const blanks: Blanks = {
  rules: { row: { targets: [target] }, first: "targets.0.to" },
  targets: { row: target, first: "to" },
};

export function formOfPolicy(policy: EscalationPolicy | null): PolicyForm {
  return formOf(draftOfPolicy(policy ?? defaultPolicy), null);
}

/** Reads the submitted form and applies the pressed button to its rows. */
export function readPolicyForm(fields: FormFields, operation: string): PolicyForm {
  const tree = treeOf(fields);
  const edited = editRows(tree, operation, blanks);
  return formOf(policyDraft.parse(edited?.tree ?? tree), edited?.focus ?? null);
}

function formOf(draft: PolicyDraft, focus: string | null): PolicyForm {
  const parsed = policyInput.safeParse(policyBodyOf(draft));
  return parsed.success
    ? { draft, focus, policy: policyOf(parsed.data), faults: [] }
    : {
        draft,
        focus,
        policy: null,
        faults: policyFormFaults(faultsOf(parsed.error.issues, limits.faultsPerReply)),
      };
}

type Shown = Omit<PolicyEditorProps, "draft" | "faults" | "focus" | "preview" | "ownPolicy">;

/** Returns the steps of an incident that no one acknowledges. */
export type PreviewPolicy = typeof stepsOf;

/** @param known the team's schedule and policy */
export function showPolicyForm(
  previewPolicy: PreviewPolicy,
  { policy, ...form }: PolicyForm,
  known: TeamSchedule | undefined,
  shown: Shown,
) {
  const history = known?.history ?? null;
  const preview = policy && {
    policy,
    // A single round is enough.
    steps: previewPolicy({ ...policy, repeat: 0 }, history, shown.now, Number.POSITIVE_INFINITY).steps,
  };
  return <PolicyEditorView {...shown} {...form} preview={preview} ownPolicy={Boolean(known?.policy)} />;
}

/** Returns the version of the policy that a form is based on. */
export function baseOfPolicy(policy: EscalationPolicy | null): string {
  return sha256(JSON.stringify(policy), "base64url").slice(0, 22);
}
