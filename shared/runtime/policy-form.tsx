/** The escalation policy editor's form: what somebody has typed, what is wrong with it, and what would come of it. */
import { createHash } from "node:crypto";
import { faultsOf } from "../contracts/faults.ts";
import { policyInput, policyOf } from "../contracts/oncall/policy.ts";
import {
  draftOfPolicy,
  type PolicyDraft,
  policyBodyOf,
  policyDraft,
  policyFormFaults,
} from "../contracts/web/policy-draft.ts";
import type { Fault } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import { defaultPolicy, type EscalationPolicy } from "../domain/oncall/escalation.ts";
import type { FormFields } from "../http/form.ts";
import { type Blanks, editRows, treeOf } from "../http/form-tree.ts";
import { type PolicyEditorProps, PolicyEditorView } from "../pages/policy-editor.tsx";
import { stepsOf } from "../use-cases/oncall/simulate.ts";
import type { TeamRota } from "../use-cases/ports/oncall.ts";

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

/** @param known what there is of the team */
export function showPolicyForm({ policy, ...form }: PolicyForm, known: TeamRota | undefined, shown: Shown) {
  const preview = policy && { policy, steps: firstPass(policy, known, shown.now) };
  return <PolicyEditorView {...shown} {...form} preview={preview} ownPolicy={Boolean(known?.policy)} />;
}

/** What would happen to an incident that opened now and that nobody acknowledged. */
function firstPass(policy: EscalationPolicy, known: TeamRota | undefined, now: number) {
  return stepsOf({ ...policy, repeat: 0 }, known?.rota ?? null, now, Number.POSITIVE_INFINITY).steps;
}

/** Names the policy that a form began with. */
export function baseOfPolicy(policy: EscalationPolicy | null): string {
  return createHash("sha256").update(JSON.stringify(policy)).digest("base64url").slice(0, 22);
}
