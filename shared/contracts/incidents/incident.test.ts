import { expect, test } from "vitest";
import { anEvent, anIncident } from "../../../tests/support/builders.ts";
import { presentEscalations } from "../oncall/escalation.ts";
import { presentEvent, presentIncident } from "./incident.ts";

test.each([
  { pass: 2, firstPass: 2, shown: 1 },
  { pass: 4, firstPass: 2, shown: 3 },
])("pass $pass of an incident that was open again in pass $firstPass is presented as $shown", (position) => {
  const { shown, ...round } = position;
  const escalation = { level: 1, ...round, nextAt: null };
  expect(presentIncident(anIncident({ escalation })).escalation).toMatchObject({ pass: shown });
  const details = { ...escalation, team: "payments", recipients: [], manual: false, reason: null };
  const event = anEvent({ type: "escalated", ...details });
  expect(presentEvent(event).details).toMatchObject({ pass: shown });
  expect(presentEscalations([event])).toMatchObject([{ pass: shown }]);
});
