import { expect, test } from "vitest";
import { minutes, monday } from "../../../../tests/support/builders.ts";
import { textOf, viewer } from "../../../../tests/support/functions/page-examples.tsx";
import type { Viewer } from "../../site/viewer.ts";
import { SystemView } from "./view.tsx";

const queue = {
  queue: "alerts",
  waiting: 0,
  inFlight: 0,
  stopped: false,
  since: null,
  deadLetters: 0,
} as const;
const health = { services: {}, dependencies: {} };
const page = (fields: object, who: Partial<Viewer> = {}) =>
  textOf(
    <SystemView
      backlog={[{ ...queue, ...fields }]}
      health={health}
      version="1.2.3"
      now={monday}
      viewer={{ ...viewer, ...who }}
    />,
  );

test("a queue is empty, busy or stopped", () => {
  expect(page({})).toMatch(/Alerts Empty 0/);
  expect(page({ waiting: 7, inFlight: 2, since: monday - minutes(3) })).toMatch(/Alerts Busy 7 3m 2/);
  const stopped = page({ waiting: 4_881, stopped: true, since: monday - minutes(3) });
  expect(stopped).toContain("Stopped: alerts. Messages wait and no consumer receives them.");
  expect(stopped).toMatch(/Alerts Stopped 4881/);
});

test("dead letters are linked for administrators and counted for others, and the version is shown", () => {
  expect(page({ deadLetters: 3 }, { may: (right) => right !== "administer" })).toMatch(
    /Alerts Empty 0 – 0 3/,
  );
  expect(page({ deadLetters: 1 })).toContain("View 1 dead letter of alerts");
  expect(page({})).toContain("Version 1.2.3.");
});
