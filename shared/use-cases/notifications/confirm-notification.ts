import { NotFound } from "../../domain/errors.ts";
import { isConfirmable } from "../../domain/notifications/confirmable.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { type RecordAnswerDeps, recordAnswer } from "../access/reachability/record-answer.ts";
import { answerDrill } from "../oncall/readiness/answer-drill.ts";
import type { NotificationStore } from "../ports/notifications.ts";
import type { DrillStore } from "../ports/oncall.ts";
import { type AddReceiptDeps, addReceipt } from "./add-receipt.ts";

export interface ConfirmDeps extends AddReceiptDeps, RecordAnswerDeps {
  readonly drills: Pick<DrillStore, "find" | "save">;
}

/**
 * Confirms that a person received a message without an incident. The answer becomes a receipt in the proof of its
 * delivery, and verifies the contact method. Repeats change nothing.
 *
 * @param answer how the person answered, and the ID of the answer at its provider
 * @throws NotFound for a notification that cannot be confirmed
 */
export async function confirmNotification(
  deps: ConfirmDeps,
  id: string,
  answer: { readonly detail: string; readonly providerId: string },
  now: number,
): Promise<Notification> {
  const found = await findConfirmable(deps, id);
  await answerDrill(deps.drills, found, now);
  const confirmed = (await addReceipt(deps, id, { at: now, kind: "answered", ...answer })) ?? found;
  await recordAnswer(deps, confirmed.recipient, confirmed, now);
  return confirmed;
}

/** @throws NotFound for a notification that cannot be confirmed */
export async function findConfirmable(
  { notifications }: { readonly notifications: Pick<NotificationStore, "find"> },
  id: string,
): Promise<Notification> {
  const found = await notifications.find(id);
  if (!found || !isConfirmable(found)) throw new NotFound("notification", id);
  return found;
}
