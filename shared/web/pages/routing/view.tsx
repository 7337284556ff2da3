import type { Routing, RoutingRule } from "../../../domain/alerts/routing.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import { AlertTabs } from "../../components/alerts/alert-tabs.tsx";
import { MatcherList } from "../../components/alerts/matcher-list.tsx";
import { capitalize } from "../../components/capitalize.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { ConflictNotice, type EditConflictInfo } from "../../components/forms/conflict-notice.tsx";
import { FaultSummary } from "../../components/forms/fault-summary.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { bodiesOf } from "./draft.ts";
import type { RoutingForm } from "./form.ts";
import { RuleFields } from "./rule-fields.tsx";
import { actionsOf } from "./rule-text.ts";
import { type TestedRules, TestResult } from "./test-result.tsx";

interface RoutingViewProps extends Viewing {
  readonly counts: AlertingCounts;
  readonly form: RoutingForm;
  readonly stored: Routing;
  /** Version that the form is based on. */
  readonly version: number;
  readonly conflict?: EditConflictInfo | null;
  readonly tested?: TestedRules | null;
  readonly notice?: string | undefined;
}

/** Routing rules in order, as an editor for those who may change them. Nothing is stored before a save. */
export function RoutingView(props: RoutingViewProps) {
  const { counts, form, stored, version, conflict, tested, notice, ...viewing } = props;
  const { rules, open, faults, focus } = form;
  const isEdited = JSON.stringify(bodiesOf(rules)) !== JSON.stringify(bodiesOf(stored.rules));
  const mayManage = viewing.viewer.may("manage", { team: null });
  return (
    <>
      <AlertTabs page="routing" counts={counts} />
      <h1>Routing rules</h1>
      <p class="lead">
        The first matching rule changes, moves or drops an alert before it opens an incident. Rules apply in
        this order.
      </p>
      {notice !== undefined && <p class="notice">{notice}</p>}
      {conflict && <ConflictNotice conflict={conflict} now={viewing.now} href={pageHref("routing")} />}
      <FaultSummary faults={faults} />
      {rules.length === 0 && !open && (
        <p class="empty">
          No routing rules. Every alert opens an incident of its own service.
          {mayManage && " Add a rule to move, group or drop alerts."}
        </p>
      )}
      {mayManage ? (
        <ActionForm action="edit-routing" viewing={viewing} id="routing" redrawn>
          <button type="submit" name="op" value={open ? "apply" : "test"} class="hidden" tabindex={-1}>
            {open ? "Apply" : "Test"}
          </button>
          <input type="hidden" name="version" value={String(version)} autocomplete="off" />
          <input type="hidden" name="rules" value={JSON.stringify(bodiesOf(rules))} autocomplete="off" />
          <RuleList form={form} />
          <div class="toolbar">
            <div class="button-row">
              <button
                type="submit"
                name="op"
                value="save"
                class="primary"
                disabled={!isEdited && !open && !conflict}
              >
                {conflict ? "Overwrite with my version" : "Save rules"}
              </button>
              <button type="submit" name="op" value="test" disabled={rules.length === 0 && !open}>
                Test rules
              </button>
              {!open && (
                <button type="submit" name="op" value="add" id="add" autofocus={focus === "add"}>
                  Add rule
                </button>
              )}
              {(isEdited || open) && <a href={pageHref("routing")}>Discard changes</a>}
            </div>
            {isEdited && (
              <p class="quiet" role="status">
                Unsaved changes
              </p>
            )}
          </div>
          {tested && <TestResult rules={rules} tested={tested} now={viewing.now} />}
        </ActionForm>
      ) : (
        rules.length > 0 && (
          <ol class="items rules">
            {rules.map((rule, index) => (
              <li class="item">
                <RuleText rule={rule} index={index} />
              </li>
            ))}
          </ol>
        )
      )}
    </>
  );
}

function RuleList({ form }: { readonly form: RoutingForm }) {
  const { rules, open, focus } = form;
  const fields = open && (
    <li class="open-rule">
      <RuleFields open={open} faults={form.faults} focus={focus} />
    </li>
  );
  if (rules.length === 0 && !fields) return null;
  return (
    <ol class="items rules">
      {rules.map((rule, index) => (
        <>
          {open?.isNew && open.position === index && fields}
          {open && !open.isNew && open.position === index ? (
            fields
          ) : (
            <li class="item">
              <RuleText rule={rule} index={index} />
              {!open && <RuleButtons rule={rule} index={index} focus={focus} last={rules.length - 1} />}
            </li>
          )}
        </>
      ))}
      {open?.isNew && open.position >= rules.length && fields}
    </ol>
  );
}

function RuleText({ rule, index }: { readonly rule: RoutingRule; readonly index: number }) {
  const { name, matchers, drop, continues } = rule;
  return (
    <div class="rule">
      <p class="name">
        <span class="quiet">{index + 1}.</span> <bdi>{name}</bdi>
      </p>
      {matchers.length === 0 ? <p class="about">Every alert</p> : <MatcherList matchers={matchers} />}
      <p class="does">
        <span aria-hidden="true">→ </span>
        {capitalize(actionsOf(rule).join(", "))}
        {continues && !drop && <span class="quiet">, then continue with the next rule</span>}
      </p>
    </div>
  );
}

interface RuleButtonsProps {
  readonly rule: RoutingRule;
  readonly index: number;
  readonly last: number;
  readonly focus: string | null;
}

function RuleButtons({ rule: { name }, index, last, focus }: RuleButtonsProps) {
  const moves = [
    ["up", "↑", `Move ${name} up`, index === 0],
    ["down", "↓", `Move ${name} down`, index === last],
    ["remove", "✕", `Remove ${name}`, false],
  ] as const;
  return (
    <div class="row-buttons">
      <button
        type="submit"
        name="op"
        value={`edit:${index}`}
        id={`edit:${index}`}
        aria-label={`Edit ${name}`}
        autofocus={focus === `edit:${index}`}
      >
        Edit
      </button>
      {moves.map(([verb, sign, label, disabled]) => (
        <button
          type="submit"
          class="icon"
          name="op"
          value={`${verb}:${index}`}
          id={`${verb}:${index}`}
          aria-label={label}
          title={label}
          disabled={disabled}
          autofocus={focus === `${verb}:${index}`}
        >
          {sign}
        </button>
      ))}
    </div>
  );
}
