import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files of the project e2e that take half a minute and more, longest first. */
const longest = [
  "aws",
  "backup",
  "alerting",
  "monitoring",
  "web/every-page",
  "web/incidents",
  "web/incident",
  "web/alerts",
  "dead-letters",
  "package",
  "web/settings",
  "migrate",
  "prometheus",
  "containers",
  "web/on-call",
  "web/editors",
  "web/large",
  "web/lists",
];

/** Starts long files first, so that all workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const long = longest.flatMap((name) =>
      sorted.filter(({ moduleId }) => moduleId.endsWith(`/tests/e2e/${name}.test.ts`)),
    );
    const first = sorted.findIndex(({ project }) => project.name === "e2e");
    return sorted.filter((file) => !long.includes(file)).toSpliced(first, 0, ...long);
  }
}
