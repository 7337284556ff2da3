import { expect, test } from "vitest";
import { aNotification } from "../../../tests/support/builders.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import { notificationKinds, notificationStatuses } from "../../domain/notifications/notification.ts";
import { createIncident } from "./create-incident.ts";
import { readIncidentMetrics } from "./read-incident.ts";

test("the metrics of an incident count the pages that were sent, and no other notification", async () => {
  const { deps, now } = testSystem();
  const draft = { title: "Down", service: "shop", severity: "high", team: null, assignedTo: null } as const;
  const { id } = await createIncident(deps, { ...draft, description: null }, now(), null);
  for (const kind of notificationKinds) {
    for (const status of notificationStatuses)
      await deps.notifications.create(aNotification({ incidentId: id, kind, status }));
  }
  await deps.notifications.create(aNotification({ incidentId: id, kind: "page", status: "sent" }));
  expect(await readIncidentMetrics(deps, id)).toMatchObject({ incident: { id }, pages: 2 });
});
