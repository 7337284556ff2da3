import * as z from "zod";
import { id } from "../../../contracts/fields.ts";
import { presentProof } from "../../../contracts/notifications/get-proof.ts";
import { NotFound } from "../../../domain/errors.ts";
import type { Notification } from "../../../domain/notifications/notification.ts";
import type { proofOf } from "../../../domain/notifications/proof.ts";
import type { IncidentStore } from "../../../use-cases/ports/incidents.ts";
import type { NotificationStore } from "../../../use-cases/ports/notifications.ts";
import { page } from "../../site/page.ts";
import { NotificationView } from "./view.tsx";

interface UseCases {
  readonly findNotification: NotificationStore["find"];
  readonly findIncidentById: IncidentStore["find"];
  readonly proofOf: (notification: Notification) => ReturnType<typeof proofOf>;
}

export const notificationPage = page(
  { params: z.object({ id }) },
  async ({ params, ...viewing }, { findNotification, findIncidentById, proofOf }: UseCases) => {
    const notification = await findNotification(params.id);
    if (!notification) throw new NotFound("notification", params.id);
    const { incidentId, status } = notification;
    const incident = incidentId === null ? undefined : await findIncidentById(incidentId);
    const proof = proofOf(notification);
    return {
      title: "Notification",
      ...(status === "queued" && { everySeconds: 5 }),
      content: (
        <NotificationView
          {...viewing}
          notification={notification}
          incident={incident ?? null}
          proof={proof}
          resource={presentProof(notification, proof)}
        />
      ),
    };
  },
);
