import * as z from "zod";
import { id } from "../../../shared/contracts/fields.ts";
import { presentProof } from "../../../shared/contracts/notifications/get-proof.ts";
import { proofOf } from "../../../shared/domain/notifications/proof.ts";
import { page } from "../../../shared/http/site.ts";
import { NotificationView } from "../../../shared/pages/notification-view.tsx";
import { incidents, notifications } from "../../../shared/runtime/stores.ts";
import { sha256 } from "../../../shared/runtime/system.ts";
import { existing } from "../../../shared/use-cases/existing.ts";

export const notificationPage = page(
  "notification",
  { params: z.object({ id }) },
  async ({ params, ...viewing }) => {
    const notification = existing(await notifications().find(params.id), "notification", params.id);
    const { incidentId, status } = notification;
    const incident = incidentId === null ? undefined : await incidents().find(incidentId);
    const proof = proofOf(notification, sha256);
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
