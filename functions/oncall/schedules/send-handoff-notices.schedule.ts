import { announceUsesDeps } from "../../../shared/runtime/access/administrators.ts";
import { drillDeps, handoffDeps } from "../../../shared/runtime/later/deps.ts";
import { announceBreakGlassUses } from "../../../shared/use-cases/access/break-glass/announce-uses.ts";
import { sendDigests } from "../../../shared/use-cases/notifications/send-digests.ts";
import { sendDrills } from "../../../shared/use-cases/oncall/readiness/send-drills.ts";
import { sendHandoffNotices } from "../../../shared/use-cases/oncall/send-handoff-notices.ts";
import { runEach } from "../../../shared/use-cases/run-each.ts";

export const handler = () =>
  runEach(
    () => sendHandoffNotices(handoffDeps()),
    () => sendDigests(handoffDeps()),
    () => sendDrills(drillDeps()),
    () => announceBreakGlassUses(announceUsesDeps()),
  );
