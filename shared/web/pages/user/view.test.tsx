import { describe, expect, test } from "vitest";
import { ada, aUser, bob, monday } from "../../../../tests/support/builders.ts";
import {
  signedIn,
  textOf,
  viewerWithKey as viewer,
} from "../../../../tests/support/functions/page-examples.tsx";
import type { Right } from "../../../domain/access/rights.ts";
import type { Person } from "../../../domain/person.ts";
import type { Viewer, Viewing } from "../../site/viewer.ts";
import { UnfinishedForgetting } from "./forget.tsx";
import { NoUser } from "./no-user.tsx";
import { UserView } from "./view.tsx";

const telegram = { bot: "", code: null };
const viewing: Viewing = { viewer, here: "/settings", now: monday };

const none: ReadonlySet<string> = new Set();

describe("a person's page", () => {
  const user = aUser({
    contactMethods: [
      { id: "phone", channel: "sms", address: "+4915112345678" },
      { id: "room", channel: "slack", address: "https://hooks.slack.com/workflows/T0/B0/secret-wxyz" },
    ],
    notificationRules: [{ contactMethodId: "phone", delaySeconds: 90 }],
  });
  const props = { user, reachability: { codes: [] }, telegram, stopped: none, push: null };

  test("shows the order of their contact methods, and no secret URL", () => {
    const html = String(<UserView {...viewing} {...props} />);
    expect(textOf(html)).toMatch(
      /after 1 minute 30 seconds SMS .*if those fail Slack https:\/\/hooks.slack.com\/…wxyz/,
    );
    expect(html).not.toContain("secret-");
  });

  test("shows people their own roles, and lets them change only their own profile", () => {
    const push = { key: "key", devices: [] };
    const pageFor = (who: Person) => {
      const own = signedIn(who, [{ team: "db", role: "responder" }]);
      return String(<UserView {...viewing} viewer={{ ...viewer, ...own }} {...props} push={push} />);
    };
    expect(textOf(pageFor(ada))).toContain("Your roles Responder db");
    expect(pageFor(ada)).toContain("<form");
    expect(pageFor(ada)).toContain("<h2>Push</h2>");
    expect(pageFor(bob)).not.toContain("<h2>Push</h2>");
    expect(textOf(pageFor(bob))).not.toContain("Your roles");
    expect(pageFor(bob)).not.toContain("<form");
  });

  test("offers to forget them to administrators, also while that is unfinished", () => {
    const manager = { ...viewing, viewer: { ...viewer, may: (right: Right) => right !== "administer" } };
    const form = 'action="/settings/users/ada%40example.com/forget"';
    expect(String(<UserView {...viewing} {...props} />)).toContain(form);
    expect(String(<UserView {...manager} {...props} />)).not.toContain(form);
    const { email } = user;
    expect(String(<UnfinishedForgetting {...viewing} email={email} />)).toContain(form);
    expect(String(<UnfinishedForgetting {...manager} email={email} />)).not.toContain(form);
  });

  test("without a user record says who can add it, and offers that to those who may", () => {
    const pageFor = (who: Partial<Viewer>) =>
      String(<NoUser {...viewing} viewer={{ ...viewer, ...who }} email={ada.email} />);
    for (const who of [viewer, signedIn(ada, [{ team: "db", role: "viewer" }])]) {
      expect(pageFor(who)).toContain(`name="email" value="${ada.email}"`);
      expect(textOf(pageFor(who))).not.toContain("ask an administrator");
    }
    const other = pageFor(signedIn(bob, [{ team: null, role: "manager" }]));
    expect(other).not.toContain("<form");
    expect(textOf(other)).toContain(
      "not a user yet. Pages to them go to this email address. To use other contact methods, ask an administrator",
    );
  });

  test("tells that text messages to a number are stopped", () => {
    const stopped = new Set(["+4915112345678"]);
    expect(textOf(<UserView {...viewing} {...props} />)).not.toContain("STOP");
    expect(textOf(<UserView {...viewing} {...props} stopped={stopped} />)).toContain("Send START from it");
  });

  test("has a row for each rule of either urgency, and some for new ones", () => {
    const html = String(<UserView {...viewing} {...props} />);
    expect(html.match(/name="after"/g)).toHaveLength(3 + 2);
    expect(html).toContain('value="1 min 30 s"');
  });

  test("offers to link a Telegram account if there is a bot, and shows a code with a link to it", () => {
    const shown = (bot: string, code: string | null) =>
      String(<UserView {...viewing} {...props} telegram={{ bot, code }} />);
    expect(shown("", null)).not.toContain("Telegram account");
    expect(shown("incidents_bot", null)).toContain('value="link_telegram"');
    const html = shown("incidents_bot", "c0de");
    expect(html).toContain('href="https://t.me/incidents_bot?start=c0de"');
    expect(textOf(html)).toContain("/start c0de");
  });
});
