import { expect, test } from "vitest";
import { sha256 } from "../../../shared/crypto/sha256.ts";
import {
  delivered,
  PermanentFailure,
  suppressed,
  TemporaryFailure,
  undelivered,
} from "../../../shared/domain/notifications/delivery.ts";
import type { Notification } from "../../../shared/domain/notifications/notification.ts";
import { aNotification, monday } from "../../../tests/support/builders.ts";
import { firstEnd } from "./notifications.ts";

const sent = (notification: Notification) => delivered(notification, { detail: "accepted" }, monday, sha256);
const failed = (notification: Notification, times = 1): Notification =>
  times === 0
    ? notification
    : failed(undelivered(notification, new TemporaryFailure("busy"), monday, sha256), times - 1);
const refused = (notification: Notification) =>
  undelivered(notification, new PermanentFailure("no such address"), monday, sha256);
const queued = aNotification();

test.each([
  { what: "one that waits", notification: queued, end: null },
  { what: "one that is tried again", notification: failed(queued, 7), end: null },
  { what: "one that was sent at last", notification: sent(failed(queued, 7)), end: "sent" },
  { what: "one that was given up", notification: failed(queued, 8), end: "failed" },
  { what: "one that was refused", notification: refused(queued), end: "failed" },
  { what: "one that was taken back", notification: suppressed(queued, "answered"), end: "suppressed" },
  { what: "one sent from the dead letters", notification: sent(failed(queued, 8)), end: "failed" },
  {
    what: "one on its way from the dead letters",
    notification: { ...refused(queued), status: "queued" as const },
    end: "failed",
  },
])("$what has ended as $end", ({ notification, end }) => {
  expect(firstEnd(notification)).toBe(end);
});
