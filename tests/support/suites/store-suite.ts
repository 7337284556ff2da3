/** Contract tests for stores, run on every table implementation. */

import { accessStoreSuite } from "./stores/access.ts";
import { alertStoreSuite } from "./stores/alerts.ts";
import { incidentStoreSuite } from "./stores/incidents.ts";
import { notificationStoreSuite } from "./stores/notifications.ts";
import { onCallStoreSuite } from "./stores/oncall.ts";
import { storeSetting } from "./stores/setting.ts";
import { sharedStoreSuite } from "./stores/shared-stores.ts";
import type { MakeTable } from "./table-suite.ts";

export function storeSuite(make: MakeTable): void {
  const setting = storeSetting(make);
  alertStoreSuite(setting);
  incidentStoreSuite(setting);
  notificationStoreSuite(setting);
  onCallStoreSuite(setting);
  accessStoreSuite(setting);
  sharedStoreSuite(setting);
}
