/** The escalation policy editor's form: what somebody has typed, what is wrong with it, and what would come of it. */
import { policyInput, policyOf } from "../../../contracts/oncall/policy.ts";
import { sha256 } from "../../../crypto/sha256.ts";
import type { Fault } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { defaultPolicy, type EscalationPolicy } from "../../../domain/oncall/escalation.ts";
import type { stepsOf } from "../../../use-cases/oncall/simulate.ts";
import type { TeamSchedule } from "../../../use-cases/ports/oncall.ts";
import { faultsOf } from "../../../validation/faults.ts";
import type { FormFields } from "../../site/form.ts";
import { type Blanks, editRows, treeOf } from "../../site/form-tree.ts";
import { draftOfPolicy, type PolicyDraft, policyBodyOf, policyDraft, policyFormFaults } from "./draft.ts";
import { type PolicyEditorProps, PolicyEditorView } from "./view.tsx";

/** A draft, and the policy that it makes unless it has faults. */
export interface PolicyForm {
  readonly draft: PolicyDraft;
  readonly policy: EscalationPolicy | null;
  readonly faults: readonly Fault[];
  /** Id of what somebody goes on with. */
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

/** The form as it was sent, after what the button that was pressed does to its rows. */
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

/** Returns the steps that an incident would go through if nobody acknowledged it. */
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
    // One pass is enough to see.
    steps: previewPolicy({ ...policy, repeat: 0 }, history, shown.now, Number.POSITIVE_INFINITY).steps,
  };
  return <PolicyEditorView {...shown} {...form} preview={preview} ownPolicy={Boolean(known?.policy)} />;
}

/** Names the policy that a form began with. */
export function baseOfPolicy(policy: EscalationPolicy | null): string {
  return sha256(JSON.stringify(policy), "base64url").slice(0, 22);
}
