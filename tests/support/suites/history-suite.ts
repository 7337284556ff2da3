/** Compares random alert histories under arbitrary delivery with the same history in order. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type AlertDraft, alertActions } from "../../../shared/domain/alerts/alert.ts";
import { severities } from "../../../shared/domain/severity.ts";
import type { Table } from "../../../shared/storage/table.ts";
import { aDraft, aSchedule, monday, seconds } from "../builders.ts";
import type { FaultKind } from "../memory/faults.ts";
import { type End, endOf } from "../memory/outcome.ts";
import { queueNames, type TestSystem, testSystem } from "../memory/system.ts";

interface Arrival {
  readonly afterSeconds: number;
  readonly drafts: readonly Partial<AlertDraft>[];
}

/**
 * A service has alerts with keys or without, never both. A keyless alert may join an incident with a key, and
 * the order of two groups is undefined.
 */
const draft: fc.Arbitrary<Partial<AlertDraft>> = fc.oneof(
  fc.record({
    service: fc.constantFrom("checkout", "search"),
    dedupKey: fc.constantFrom("a", "b"),
    severity: fc.constantFrom(...severities),
    action: fc.constantFrom(...alertActions, "trigger" as const, "trigger" as const),
  }),
  fc.record({
    service: fc.constantFrom("ledger", "mail"),
    severity: fc.constantFrom("critical", "low"),
    action: fc.constantFrom("trigger" as const, "trigger" as const, "resolve" as const),
  }),
);

const history: fc.Arbitrary<Arrival[]> = fc.array(
  fc.record({
    afterSeconds: fc.constantFrom(0, 1, 200, 301),
    drafts: fc.array(draft, { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 8 },
);

/** Faults: failing calls, duplicate deliveries, and the order and size of queue deliveries. */
const misfortune = fc.record({
  faults: fc.array(
    fc.record({
      call: fc.integer({ min: 1, max: 150 }),
      kind: fc.constantFrom<FaultKind>("dies", "fails", "answer_lost"),
    }),
    { maxLength: 3 },
  ),
  duplicates: fc.array(fc.nat(20), { maxLength: 4 }),
  choices: fc.infiniteStream(fc.nat(1_000)),
  deliverBetween: fc.boolean(),
});

async function accept(
  system: TestSystem,
  arrivals: readonly Arrival[],
  afterEach: () => Promise<void>,
): Promise<void> {
  for (const { afterSeconds, drafts } of arrivals) {
    system.waitUntil(system.now() + seconds(afterSeconds));
    await system.receive(...drafts.map(aDraft));
    await afterEach();
  }
}

/** Ignores pages before an acknowledgement, which depend on timing. */
function correlationOf({ alerts, incidents }: End) {
  const isPaging = (event: string) => /^(coverage_gap|paging|escalat)/.test(event);
  return {
    alerts,
    incidents: incidents.map(({ events, escalation, ...incident }) => ({
      ...incident,
      escalation: incident.status === "open" ? escalation : null,
      events: incident.status === "open" ? events : events.filter((event) => !isPaging(event)),
    })),
  };
}

const prepare = (system: TestSystem) =>
  Promise.all(["checkout", "ledger"].map((team) => system.deps.schedules.create(aSchedule({ team }))));

export function historySuite(
  makeTable: ((nowMs: () => number) => Promise<Table>) | undefined,
  numRuns: number,
): void {
  const system = async () => {
    let clock = () => monday;
    const table = await makeTable?.(() => clock());
    const made = testSystem(table ? { table } : {});
    clock = made.now;
    await prepare(made);
    return made;
  };

  const title =
    "whatever is repeated, reordered between groups or dies, the end is that of the undisturbed run";
  test(title, async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        misfortune,
        async (arrivals, { faults, duplicates, choices, deliverBetween }) => {
          const calm = await system();
          await accept(calm, arrivals, async () => {});
          const times = calm.now();
          await calm.settle();

          const rough = await system();
          const choose = (count: number) => choices.next().value % count;
          await accept(rough, arrivals, async () => {
            for (const index of duplicates) rough.queue("alerts").duplicate(index);
            if (!deliverBetween) return;
            // Only runs work that is due, so that the history's times stay the same.
            for (const name of queueNames) await rough.deliverOne(name, 1 + choose(10));
          });
          expect(rough.now()).toBe(times);
          rough.faults.plan((call) => faults.find((fault) => fault.call === call)?.kind);
          await rough.settle({ choose });

          const [calmEnd, roughEnd] = [await endOf(calm), await endOf(rough)];
          expect(correlationOf(roughEnd)).toEqual(correlationOf(calmEnd));
          expect([...calmEnd.violations, ...roughEnd.violations]).toEqual([]);
          const open = new Set(
            roughEnd.incidents.filter(({ status }) => status === "open").map(({ id }) => id),
          );
          const pagesOfOpen = ({ pages }: End) => pages.filter((page) => open.has(page.split(" ")[0] ?? ""));
          expect(pagesOfOpen(roughEnd)).toEqual(pagesOfOpen(calmEnd));
          expect(pagesOfOpen(roughEnd).length).toBeGreaterThanOrEqual(open.size);
          expect(pagesOfOpen(roughEnd).filter((page) => !page.endsWith(" sent"))).toEqual([]);
        },
      ),
      { numRuns },
    );
  });
}
