/** `npm run import -- opsgenie|pagerduty|grafana-oncall <export>`: imports from another on-call system. */
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Command } from "commander";
import { apiOf } from "../api-client.ts";
import { addSubcommand } from "../command.ts";
import { progressOn } from "../operate/backup/progress.ts";
import { announceTarget, resolveUrl, urlOption } from "../operate/target.ts";
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
  readonly title: string;
  readonly kinds: readonly string[];
  readonly read: (records: ExportRecords, now: number) => ImportedConfiguration;
}

const systems = {
  opsgenie: { title: "Opsgenie", kinds: opsgenieKinds, read: fromOpsgenie },
  pagerduty: { title: "PagerDuty", kinds: pagerdutyKinds, read: fromPagerduty },
  "grafana-oncall": { title: "Grafana OnCall", kinds: grafanaKinds, read: fromGrafanaOnCall },
} satisfies Record<string, System>;

export type SystemName = keyof typeof systems;

export const systemNames = Object.keys(systems) as readonly SystemName[];

interface MigrateOptions {
  readonly apply?: boolean;
  readonly compare?: boolean;
  readonly replace?: boolean;
  readonly json?: boolean;
  readonly url?: string;
}

/** Adds a subcommand for each system whose exports can be imported. */
export function addMigrateCommands(command: Command): void {
  for (const system of systemNames) {
    addSubcommand(
      command,
      `${system} <export>`,
      `import a file or folder exported from ${systems[system].title}`,
    )
      .option("--apply", "write to the platform; PLATFORM_KEY is its API key")
      .option("--compare", "show what is new on the platform, without writing")
      .option("--replace", "overwrite items that differ; otherwise they are kept")
      .option(...urlOption)
      .option("--json", "print JSON")
      .action(async (path: string, options: MigrateOptions, importing: Command) => {
        if (!existsSync(path)) importing.error(`error: file or folder ${path} does not exist`);
        if (path.endsWith(".zip")) importing.error(`error: unpack ${path} first`);
        await migrate(planFrom(system, path, Date.now()), options, process.env);
      });
  }
}

/** @throws Problem when the export contains nothing that can be imported */
export function planFrom(system: SystemName, path: string, now: number): Plan {
  const { kinds, read } = systems[system];
  const records = recordsOf(readDocuments(path), kinds);
  if (Object.values(records).every((items) => items.length === 0))
    throw new Problem(`${path} contains no ${kinds.join(", ")}. docs/migration.md describes how to export.`);
  return planImport(read(records, now));
}

/** @throws Problem when an item could not be written; items already written are kept */
async function migrate(plan: Plan, options: MigrateOptions, env: NodeJS.ProcessEnv): Promise<void> {
  const { apply = false, compare = false, replace = false, json = false } = options;
  if (!json) for (const line of [...teamLines(plan, Date.now()), ...warningLines(plan)]) console.log(line);
  if (!apply && !compare) {
    if (json) return console.log(JSON.stringify(plan, null, 2));
    return console.log(
      `\n${summaryOf(plan)} Nothing was written. Add --compare to show what is new on a platform, or --apply to write it.`,
    );
  }
  const url = resolveUrl(options, env);
  announceTarget(url);
  const call = retrying(apiOf(url, env.PLATFORM_KEY), delay);
  const steps = await runSteps(applyPlan(call, plan, { apply, replace }), stepsIn(plan));
  const count = (outcome: Step["outcome"]) => steps.filter((step) => step.outcome === outcome).length;
  if (json) console.log(JSON.stringify({ warnings: plan.warnings, steps }, null, 2));
  else {
    for (const { outcome, what, why } of steps) {
      console.log(`${outcome.padEnd(10)} ${what}${why === undefined ? "" : `: ${why}`}`);
    }
    const kept =
      count("different") > 0 ? " Items that differ were kept. Add --replace to overwrite them." : "";
    console.log(
      `\n${url}: ${count("new")} new, ${count("replaced")} replaced, ${count("unchanged")} unchanged, ` +
        `${count("different")} different, ${count("failed")} failed.${kept}${apply ? "" : " Nothing was written."}`,
    );
  }
  if (count("failed") > 0)
    throw new Problem("Import incomplete. Fix the errors above and re-run. Items already imported are kept.");
}

/** Runs the steps and shows their progress on a terminal. */
async function runSteps(steps: AsyncIterable<Step>, total: number): Promise<Step[]> {
  const progress = progressOn(process.stderr, () => performance.now());
  const all: Step[] = [];
  for await (const step of steps) {
    all.push(step);
    progress.at("importing", all.length, total);
  }
  progress.clear();
  return all;
}

function stepsIn({ users, schedules, overrides, policies, services }: Plan): number {
  return [users, schedules, overrides, policies, services].reduce((total, { length }) => total + length, 0);
}
