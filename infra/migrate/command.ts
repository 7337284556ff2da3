/**
 * `npm run import -- opsgenie|pagerduty|grafana-oncall <export>`: imports the configuration of another
 * on-call system.
 */
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { apiOf, platformUrl } from "../api-client.ts";
import { orUsage } from "../operate/target.ts";
import { Problem } from "../problem.ts";
import { applyPlan, type Step } from "./apply.ts";
import { type ExportRecords, readDocuments, recordsOf } from "./export-records.ts";
import { fromGrafanaOnCall, grafanaKinds } from "./grafana-oncall.ts";
import type { ImportedConfiguration } from "./imported.ts";
import { fromOpsgenie, opsgenieKinds } from "./opsgenie.ts";
import { fromPagerduty, pagerdutyKinds } from "./pagerduty.ts";
import { type Plan, planImport } from "./plan.ts";
import { summaryOf, teamLines, warningLines } from "./report.ts";
import { retrying } from "./retrying-call.ts";

interface System {
  readonly kinds: readonly string[];
  readonly read: (records: ExportRecords, now: number) => ImportedConfiguration;
}

const systems = {
  opsgenie: { kinds: opsgenieKinds, read: fromOpsgenie },
  pagerduty: { kinds: pagerdutyKinds, read: fromPagerduty },
  "grafana-oncall": { kinds: grafanaKinds, read: fromGrafanaOnCall },
} satisfies Record<string, System>;

export type SystemName = keyof typeof systems;

export function isSystem(word: string | undefined): word is SystemName {
  return word !== undefined && Object.hasOwn(systems, word);
}

export const migrateUsage = `npm run import -- ${Object.keys(systems).join("|")} <file or folder>
  --apply     write it to the platform at PLATFORM_URL, or at HTTP_PORT of this machine; PLATFORM_KEY is its key
  --compare   write nothing, and tell what would be new there
  --replace   let what is there and different give way; otherwise it stays`;

/** @throws Problem if the export cannot be used */
export function planFrom(system: SystemName, path: string, now: number): Plan {
  const { kinds, read } = systems[system];
  const records = recordsOf(readDocuments(path), kinds);
  if (Object.values(records).every((things) => things.length === 0))
    throw new Problem(`${path} has none of ${kinds.join(", ")}: see docs/migration.md for how to export.`);
  return planImport(read(records, now));
}

/** @throws Problem if some items could not be written; the others stay written */
export async function migrate(
  system: SystemName,
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  now: number,
): Promise<void> {
  const { path, values } = orUsage(migrateUsage, () => readArguments(words));
  const plan = planFrom(system, path, now);
  for (const line of [...teamLines(plan, now), ...warningLines(plan)]) console.log(line);
  const { apply, compare, replace } = values;
  if (!apply && !compare) {
    console.log(
      `\n${summaryOf(plan)} Nothing was written: --compare tells what is new on a platform, --apply writes it.`,
    );
    return;
  }
  const url = platformUrl(env);
  const call = retrying(apiOf(url, env.PLATFORM_KEY), delay);
  const steps = await printSteps(applyPlan(call, plan, { apply, replace }));
  const count = (outcome: Step["outcome"]) => steps.filter((step) => step.outcome === outcome).length;
  const differs = count("different") > 0 ? " What is different stays: --replace lets it give way." : "";
  console.log(
    `\n${url}: ${count("new")} new, ${count("replaced")} replaced, ${count("as it is")} as they are, ` +
      `${count("different")} different, ${count("failed")} failed.${differs}${apply ? "" : " Nothing was written."}`,
  );
  if (count("failed") > 0)
    throw new Problem("Not all of it is there. Put that right and run it again: what is there stays.");
}

async function printSteps(steps: AsyncIterable<Step>): Promise<Step[]> {
  const all: Step[] = [];
  console.log("");
  for await (const step of steps) {
    all.push(step);
    console.log(`${step.outcome.padEnd(10)} ${step.what}${step.why === undefined ? "" : `: ${step.why}`}`);
  }
  return all;
}

function readArguments(words: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      apply: { type: "boolean", default: false },
      compare: { type: "boolean", default: false },
      replace: { type: "boolean", default: false },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new Error("One export is to be imported.");
  if (!existsSync(path)) throw new Error(`There is no file or folder ${path}.`);
  if (path.endsWith(".zip")) throw new Error(`Unpack ${path} first.`);
  return { path, values };
}
