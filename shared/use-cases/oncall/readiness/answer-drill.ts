import type { Notification } from "../../../domain/notifications/notification.ts";
import type { Drill } from "../../../domain/oncall/drill.ts";
import type { DrillStore } from "../../ports/oncall.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";

/** Records that the person answered the drill of a notification. Idempotent. */
export async function answerDrill(
  drills: Pick<DrillStore, "find" | "save">,
  notification: Notification,
  now: number,
): Promise<void> {
  await retryOnConflict(async () => {
    const known = await findDrill(drills, notification);
    if (known && known.answeredAt === null) await drills.save({ ...known, answeredAt: now }, known);
  });
}

/** Returns the drill of a notification, unless a later one has begun. One read unit. */
export async function findDrill(
  drills: Pick<DrillStore, "find">,
  { kind, recipient, metadata: { team, drill } }: Notification,
): Promise<Drill | undefined> {
  const known = kind === "drill" && typeof team === "string" ? await drills.find(team) : undefined;
  return known && known.week === drill && known.email === recipient ? known : undefined;
}
