import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take long, longest first. */
const longest = [
  "notifications/process-death",
  "alerts/process-death",
  "integrations/registry",
  "lifecycle/lifecycle-model",
  "lifecycle/merge-incident",
  "incidents/process-death",
  "oncall/simulate-year",
  "exporter/counting",
  "integration/local-platform",
  "integration/stopping",
  "integration/fuzz",
  "integration/deployed-bundles",
  "integration/bench",
  "e2e/aws",
  "e2e/old-data",
  "e2e/backup",
  "e2e/web/every-page",
  "e2e/package",
  "e2e/monitoring",
  "e2e/web/on-call",
  "e2e/web/incidents",
  "e2e/containers",
  "e2e/web/settings",
  "e2e/web/large",
  "e2e/alerting",
  "e2e/web/incident",
  "e2e/keys",
  "e2e/web/lists",
  "e2e/smoke",
  "e2e/web/alerts",
  "e2e/web/editors",
  "e2e/migrate",
];

/** Starts long files first, so that all workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rankOf = ({ moduleId }: TestSpecification) => {
      const rank = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return rank === -1 ? longest.length : rank;
    };
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
