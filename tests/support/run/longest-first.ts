import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Projects in their order. The first ones wait for much, and the last ones have short files, which fill both cores. */
const projects = ["e2e", "functions", "unit", "integration", "api-gateway"];

/** Files that take long, longest first. */
const longest = [
  "e2e/aws",
  "e2e/backup",
  "e2e/web/incidents",
  "e2e/web/every-page",
  "e2e/monitoring",
  "e2e/alerting",
  "e2e/old-data",
  "e2e/package",
  "e2e/web/system",
  "e2e/web/on-call",
  "e2e/web/settings",
  "e2e/web/large",
  "e2e/web/alerts",
  "e2e/containers",
  "e2e/migrate",
  "e2e/web/incident",
  "e2e/keys",
  "e2e/web/lists",
  "e2e/prometheus",
  "e2e/dead-letters",
  "notifications/process-death",
  "notifications/deliver-notification",
  "alerts/process-death",
  "lifecycle/lifecycle-model",
  "integrations/registry",
  "oncall/simulate-year",
  "exporter/counting",
  "incidents/process-death",
  "channels/email",
  "migrate/migrate",
  "lifecycle/merge-incident",
  "functions/access-matrix",
  "integration/fuzz",
  "integration/stopping",
  "integration/local-platform",
  "integration/stores",
  "integration/history",
  "integration/monitoring",
  "integration/deployed-bundles",
  "integration/pipeline-stages",
];

/** Starts long files first, so that all workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rankOf = ({ moduleId }: TestSpecification) => {
      const rank = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return rank === -1 ? longest.length : rank;
    };
    // A worker ends when the next file is of another project.
    const placeOf = ({ project }: TestSpecification) => projects.indexOf(project.name);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other) || rankOf(one) - rankOf(other));
  }
}
