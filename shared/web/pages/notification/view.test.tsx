import { describe, expect, test } from "vitest";
import { aNotification, minutes, monday, seconds } from "../../../../tests/support/builders.ts";
import {
  notificationList,
  now,
  textOf,
  viewing,
} from "../../../../tests/support/functions/page-examples.tsx";
import { sha256 } from "../../../crypto/sha256.ts";
import type { Notification } from "../../../domain/notifications/notification.ts";
import { proofOf, sealed } from "../../../domain/notifications/proof.ts";
import { withReceipt } from "../../../domain/notifications/receipt.ts";
import { deliveryText } from "../notifications/notification-labels.ts";
import { NotificationsView } from "../notifications/view.tsx";
import { NotificationView } from "./view.tsx";

describe("a notification", () => {
  const begun = aNotification();
  const tried = (notification: Notification, outcome: "sent" | "temporary") => ({
    ...notification,
    attempts: [
      ...notification.attempts,
      sealed(
        notification,
        { at: monday, ok: outcome === "sent", outcome, detail: "550 no such user" },
        sha256,
      ),
    ],
  });
  const view = (notification: Notification) =>
    textOf(
      <NotificationView
        {...viewing}
        notification={notification}
        incident={null}
        proof={proofOf(notification, sha256)}
        resource={{}}
      />,
    );

  test.each([
    [{ dueAt: now + minutes(5) }, "due in 5m"],
    [{ dueAt: monday }, "sending soon"],
    [{ claimedUntil: now + 1 }, "sending"],
    [tried(begun, "temporary"), "1 attempt of 8 failed, retrying"],
    [
      { ...tried(tried(begun, "temporary"), "sent"), status: "sent", sentAt: monday },
      "within a second, on attempt 2",
    ],
    [{ ...tried(begun, "sent"), status: "sent", sentAt: monday + seconds(9) }, "within 9s"],
    [{ ...tried(begun, "temporary"), status: "failed" }, "after 1 attempt"],
    [{ status: "suppressed" }, "not sent"],
  ] as const)("in state %# is %s", (fields, words) => {
    expect(deliveryText({ ...begun, ...fields }, now)).toBe(words);
  });

  test("of a channel without a provider is printed, not sent", () => {
    const attempted = tried(begun, "sent");
    const sent = { ...attempted, status: "sent", sentAt: monday } as const;
    expect(view(sent)).toContain("✓ sent");
    const detail = "email is not configured: set SMTP_URL";
    const attempts = attempted.attempts.map((attempt) => ({ ...attempt, detail }));
    const printed = view({ ...sent, simulated: true, attempts });
    expect(printed).toContain(`▷ printed to the console within a second : ${detail}`);
    expect(printed).toContain("Printed");
    expect(printed).toContain("The message was only printed to the console. It reached no one.");
    expect(view(sent)).not.toContain("It reached no one.");
    expect(printed).not.toMatch(/✓|✔|accepted by the provider/);
  });

  test.each([
    ["voice", "via voice call"],
    ["slack", "via Slack"],
  ])("over %s is headed %s", (channel, words) => {
    expect(view({ ...begun, channel })).toContain(`${begun.recipient} ${words}`);
  });

  test("is proven as long as its chain of hashes holds", () => {
    const sound = tried(tried(begun, "temporary"), "sent");
    expect(view(begun)).toContain("No attempts yet. Only the message has a hash.");
    expect(view(sound)).toContain("Valid: the hashes of all 2 attempts match");
    const [first, second] = sound.attempts;
    if (!first || !second) throw new Error("It was tried twice");
    const forged = view({ ...sound, attempts: [first, { ...second, detail: "250 accepted" }] });
    expect(forged).toContain("Broken: the hash of attempt 2 does not match");
  });

  test("lists its receipts, which are part of the chain", () => {
    const accepted = tried(begun, "sent");
    const receipt = { at: monday, kind: "undelivered", detail: "no answer", providerId: "CA1" } as const;
    const reported = withReceipt(accepted, receipt, sha256);
    expect(view(accepted)).not.toContain("Receipts");
    expect(view(reported)).toMatch(/Receipts 1.*not delivered.*no answer/);
    expect(view(reported)).toContain("Valid: the hashes of all attempts (1) and receipts (1) match.");
    const receipts = reported.receipts.map((each) => ({ ...each, detail: "answered" }));
    expect(view({ ...reported, receipts })).toContain("Broken: the hash of receipt 1 does not match");
  });

  test("never shows a complete secret URL", () => {
    const secret = "https://hooks.slack.com/workflows/T0/B0/secretsecret";
    const slack = aNotification({ channel: "slack", recipient: secret, address: secret });
    const html = [
      <NotificationsView {...notificationList} filter={{}} notifications={[slack]} />,
      <NotificationView
        {...viewing}
        notification={slack}
        incident={null}
        proof={proofOf(slack, sha256)}
        resource={{}}
      />,
    ].join("");
    expect(html).toContain("https://hooks.slack.com/…cret");
    expect(html).not.toContain("secretsecret");
  });
});
