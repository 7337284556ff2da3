import { describe, expect, test } from "vitest";
import { aUser, monday } from "../../../../tests/support/builders.ts";
import { textOf } from "../../../../tests/support/functions/page-examples.tsx";
import type { Viewing } from "../../site/viewer.ts";
import { UserView } from "./view.tsx";

const viewer = { name: "ada", identity: "key", mayWrite: true, formToken: "token" } as const;
const viewing: Viewing = { viewer, here: "/settings", now: monday };

describe("a person's page", () => {
  const user = aUser({
    contactMethods: [
      { id: "phone", channel: "sms", address: "+4915112345678" },
      { id: "room", channel: "slack", address: "https://hooks.slack.com/workflows/T0/B0/secret-wxyz" },
    ],
    notificationRules: [{ contactMethodId: "phone", delaySeconds: 90 }],
  });

  test("shows the order of their contact methods, and no secret URL", () => {
    const html = String(<UserView {...viewing} user={user} />);
    expect(textOf(html)).toMatch(
      /after 1 minute 30 seconds SMS .*if those fail Slack https:\/\/hooks.slack.com\/…wxyz/,
    );
    expect(html).not.toContain("secret-");
  });

  test("has a row for each rule of either urgency, and some for new ones", () => {
    const html = String(<UserView {...viewing} user={user} />);
    expect(html.match(/name="after"/g)).toHaveLength(3 + 2);
    expect(html).toContain('value="1 min 30 s"');
  });
});
