import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  ada,
  aNote,
  aNotification,
  anApiKey,
  anEvent,
  anIncident,
  anIntegration,
  anOverride,
  aRecordedAlert,
  aSchedule,
  aUser,
  days,
  minutes,
  monday,
  seconds,
} from "../../../tests/support/builders.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { type DailyTally, factsOf, tally } from "../../domain/incidents/stats.ts";
import { timelineOf } from "../../domain/incidents/timeline.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { proofOf, sealed } from "../../domain/notifications/proof.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { outlookOf } from "../../domain/oncall/outlook.ts";
import type { Schedule, SchedulePlan } from "../../domain/oncall/schedule.ts";
import {
  type CalendarSpan,
  calendarDays,
  roleCalendars,
  spanAfter,
} from "../../domain/oncall/schedule-calendar.ts";
import { wallClock } from "../../domain/wall-clock.ts";
import { BarChart, TrendChart } from "../components/chart.tsx";
import { formatSpan } from "../components/duration.tsx";
import { placeOf } from "../components/form-fields.tsx";
import { shortTitle } from "../components/incident-rows.tsx";
import { ForbiddenView } from "../site/forbidden-view.tsx";
import { type AssetUrls, frame } from "../site/frame.tsx";
import { ProblemView } from "../site/problem-view.tsx";
import type { Viewer, Viewing } from "../site/viewer.ts";
import { AlertView } from "./alert/view.tsx";
import { AlertsView } from "./alerts/view.tsx";
import { ApiKeysView } from "./api-keys/view.tsx";
import { AuditView } from "./audit/view.tsx";
import { DashboardView } from "./dashboard/view.tsx";
import { draftOfPolicy } from "./edit-policy/draft.ts";
import { PolicyEditorView } from "./edit-policy/view.tsx";
import { draftOfPlan } from "./edit-schedule/draft.ts";
import { ScheduleEditorView } from "./edit-schedule/view.tsx";
import { IncidentView } from "./incident/view.tsx";
import { answerWords } from "./incidents/answer-words.ts";
import { IncidentsView } from "./incidents/view.tsx";
import { IntegrationsView } from "./integrations/view.tsx";
import { NotificationView } from "./notification/view.tsx";
import { deliveryWords } from "./notifications/notification-words.ts";
import { NotificationsView } from "./notifications/view.tsx";
import { OnCallView } from "./on-call/view.tsx";
import { ReportsView } from "./reports/view.tsx";
import { ServicesView } from "./services/view.tsx";
import { SignInView } from "./sign-in/view.tsx";
import { SimulateView } from "./simulate/view.tsx";
import { TeamsChannelsView } from "./team-channels/teams-view.tsx";
import { TeamChannelsView } from "./team-channels/view.tsx";
import { TeamOnCallView } from "./team-on-call/view.tsx";
import { UserView } from "./user/view.tsx";
import { UsersView } from "./users/view.tsx";

const hostile = `</title></script><script>alert(1)</script>"'&\u202Eevil${"x".repeat(2_000)}`;
const now = monday + minutes(12);
const viewer: Viewer = { name: hostile, identity: "own_word", mayWrite: true, formToken: "token" };
const viewing: Viewing = { viewer, here: "/incidents?text=a&b", now };
const incident = anIncident({
  number: 7,
  title: hostile,
  service: hostile,
  team: hostile,
  description: hostile,
  dedupKey: hostile,
  source: hostile,
  status: "acknowledged",
  acknowledgedAt: monday,
  acknowledgedBy: hostile,
  assignedTo: { name: hostile, email: "x@example.com" },
});
const open = anIncident({ escalation: { level: 1, pass: 1, nextAt: now + seconds(250) } });
const timeline = timelineOf(
  [anEvent({ actor: hostile })],
  [aNote({ author: hostile, content: hostile })],
  [aNotification({ status: "failed", reason: hostile })],
).map((entry) => ({ entry, message: hostile }));
const alerts = [aRecordedAlert({ message: hostile, source: hostile, labels: { [hostile]: hostile } })];
const nobody = { person: null, kind: "rotation", by: null, start: -Infinity, end: Infinity } as const;
const someone = { ...nobody, person: { name: hostile, email: "x@example.com" }, end: now + minutes(118) };

const dashboard = {
  ...viewing,
  host: hostile,
  open: [open],
  acknowledged: [incident],
  more: false,
  teams: [{ team: hostile, primary: someone, secondary: nobody }],
  moreTeams: false,
  days: Array.from({ length: 30 }, () => ({ tally: tally([]) })),
  trendsAt: now,
  rate: { perMinute: Array.from({ length: 60 }, () => 0), complete: true },
  health: { services: { alerts: { status: "ok" } }, dependencies: { sqs: { status: "degraded" } } },
} as const;
const list = { ...viewing, host: hostile, filter: { text: hostile, team: hostile }, first: false, next: "c" };
const [alert = aRecordedAlert()] = alerts;
const alertList = {
  ...viewing,
  host: hostile,
  filter: { text: hostile, service: hostile, incidentId: hostile },
  first: false,
  next: "c",
  searchedTo: monday,
};
const attempt = { at: now, ok: false, outcome: "permanent", detail: hostile, hash: "h" } as const;
const failed = aNotification({
  status: "failed",
  recipient: hostile,
  address: `${hostile}!`,
  message: hostile,
  attempts: [attempt],
  metadata: { [hostile]: hostile },
  fallbacks: [{ pageId: "p", method: { id: "x", channel: "sms", address: hostile } }],
});
const notificationList = {
  ...viewing,
  filter: { recipient: hostile, incident: hostile },
  first: false,
  next: "c",
  partial: true,
};
const report = { days: [{ day: monday, tally: tally([factsOf(incident)]) }], before: tally([]) };
const hostilePerson = { name: hostile, email: "x@example.com" };
const hostileSchedule = aSchedule(
  { team: hostile, timezone: "Europe/Berlin", createdAt: now },
  { members: [{ ...hostilePerson, role: "primary" }] },
);
const overrides = [
  anOverride({ person: hostilePerson, reason: hostile, replaces: hostile, end: now + days(1) }),
];

/** What the page of a team is given, for a schedule from a day on. */
function teamOnCall(schedule: Schedule, from = "2026-11-23", span: CalendarSpan = "2-weeks") {
  const history = { schedules: [schedule], overrides };
  const first = wallClock(`${from}T00:00`);
  const shown = calendarDays(first, spanAfter(first, span, 1), schedule.timezone);
  return {
    ...viewing,
    schedule,
    outlook: outlookOf(history, null, now),
    calendar: {
      timezone: schedule.timezone,
      span,
      days: shown,
      previous: "2026-11-09",
      next: "2026-12-07",
      roles: roleCalendars(history, shown[0]?.start ?? 0, shown.at(-1)?.end ?? 0),
    },
    overrides,
    asked: { from, span },
    webcalUrl: `webcal://${hostile}`,
  };
}
const team = teamOnCall({
  ...hostileSchedule,
  layers: hostileSchedule.layers.map((layer) => ({ ...layer, name: hostile })),
});
const simulatedPage = {
  name: hostile,
  email: "x@example.com",
  channel: "email",
  address: hostile,
  delay_seconds: 0,
  at: "2026-11-23T10:00:00.000Z",
  bundled: false,
  why: hostile,
} as const;
const simulation = {
  ...viewing,
  asked: { service: hostile, severity: "high", message: hostile, at: now, timezone: "Europe/Berlin" },
  result: {
    team: hostile,
    routing: { rules: [hostile], dropped: false },
    held_by: { kind: "silence" },
    pages_at: new Date(now).toISOString(),
    steps: [
      {
        at: new Date(now).toISOString(),
        level: 1,
        pass: 1,
        pages: [simulatedPage],
        next_at: null,
      },
    ],
    fallback: { email: hostile, at: "2026-11-23T10:00:00.000Z", pages: [simulatedPage] },
    announcements: [
      { at: "2026-11-23T10:00:00.000Z", event: "triggered", channel: "slack", address: hostile },
    ],
    resolved_at: null,
    coverage_gaps: [{ start: "2026-11-28T10:00:00Z", end: "2026-11-29T10:00:00Z" }],
  },
} as const;
const further = { first: false, next: "c" };
const method = { id: hostile, channel: "console", address: hostile } as const;
const user = aUser({
  name: hostile,
  timezone: hostile,
  contactMethods: [method, { ...method, id: "slack", channel: "slack" }],
  notificationRules: [{ contactMethodId: hostile, delaySeconds: 90 }],
});
const service = { name: hostile, team: hostile, autoResolveSeconds: 90, updatedAt: monday };
const channels = [{ ...method, events: ["triggered"] as const }];
const key = { apiKey: anApiKey({ name: hostile, createdAt: monday }), lastUsedAt: monday };
const integration = {
  integration: anIntegration({ name: hostile, service: hostile }),
  activity: { integrationId: "int_1", events: 2, errors: 1, lastEventAt: monday },
};
const integrationError = {
  id: "err_1",
  integrationId: "int_1",
  at: monday,
  status: 422,
  message: hostile,
  excerpt: hostile,
};
const entry = {
  id: "aud_1",
  at: monday,
  actor: hostile,
  method: "PUT",
  path: hostile,
  requestId: hostile,
  resource: "user",
  resourceId: hostile,
  before: { [hostile]: hostile },
  after: { [hostile]: [{ id: hostile, [hostile]: "x" }], name: hostile },
} as const;
const hostileMember = { name: hostile, email: hostile };
const plan: SchedulePlan = {
  timezone: "Europe/Berlin",
  rotationType: "custom",
  handoffNotices: true,
  layers: [
    {
      name: hostile,
      role: "primary",
      rotation: { unit: "week", length: 1, handoffTime: "09:00", startsOn: "2026-11-23" },
      members: [hostileMember, { name: "Ada", email: "ada@example.com" }],
      restrictions: [
        { type: "weekly", startDay: "monday", start: "09:00", endDay: "friday", end: "17:00" },
        { type: "daily", start: "20:00", end: "06:00" },
      ],
    },
  ],
};
const faulty = [
  "team",
  "timezone",
  "members.0.name",
  "layers.0.rotation.length",
  "layers",
  "rules.0.targets",
];
const editing = {
  ...viewing,
  team: hostile,
  base: "",
  faults: faulty.map((path) => ({ path, message: hostile })),
  focus: "layers.0.name",
  showErrors: true,
  conflict: { by: hostile, at: monday, theirs: [hostile], mine: ["Times in UTC"] },
};
const shifts = [{ ...someone, role: "primary", start: now } as const];
const scheduleEditing = {
  ...editing,
  draft: draftOfPlan(hostile, plan),
  preview: { plan, from: now, to: now + minutes(28 * 1_440), shifts, warnings: [hostile] },
};
const policy: EscalationPolicy = {
  rules: [
    { targets: [{ type: "user", email: hostile }], delaySeconds: 90 },
    { targets: [{ type: "schedule", role: "primary" }], delaySeconds: 300 },
  ],
  repeat: 1,
};
const reached = { name: hostile, email: hostile, why: hostile };
const policyEditing = {
  ...editing,
  ownPolicy: false,
  draft: draftOfPolicy(policy),
  preview: {
    policy,
    steps: [{ at: now, position: { level: 1, pass: 1 }, recipients: [reached], nextAt: null, gaps: [] }],
  },
};
const contents = {
  services: (
    <ServicesView {...viewing} {...further} services={[service]} teams={[hostile]} chosen={service} />
  ),
  users: <UsersView {...viewing} {...further} users={[user]} />,
  user: <UserView {...viewing} user={user} />,
  "the teams' channels": (
    <TeamsChannelsView {...viewing} {...further} teams={[{ team: hostile, channels }]} />
  ),
  "a team's channels": <TeamChannelsView {...viewing} team={hostile} channels={channels} />,
  integrations: (
    <IntegrationsView
      {...viewing}
      {...further}
      integrations={[integration]}
      types={[{ name: "generic", title: "Generic JSON" }]}
      chosen={{ ...integration, errors: [integrationError], key: "abc", url: "https://x/abc", setUp: "curl" }}
    />
  ),
  "API keys": <ApiKeysView {...viewing} {...further} keys={[key]} secret="ipk_x" />,
  "the audit log": (
    <AuditView
      {...viewing}
      {...further}
      filter={{ kind: "user", id: hostile, actor: hostile }}
      entries={[entry, { ...entry, id: "aud_2", before: null }]}
    />
  ),
  "a page that a key doesn't reach": <ForbiddenView page="audit" scope="admin" viewer={viewer} />,
  "a schedule's editor": <ScheduleEditorView {...scheduleEditing} />,
  "the editor of a new schedule": (
    <ScheduleEditorView
      {...scheduleEditing}
      team={null}
      draft={draftOfPlan(hostile, { ...plan, rotationType: "weekly" })}
      preview={null}
    />
  ),
  "a policy's editor": <PolicyEditorView {...policyEditing} />,
  dashboard: <DashboardView {...dashboard} />,
  "an empty dashboard": <DashboardView {...dashboard} open={[]} acknowledged={[]} teams={[]} />,
  incidents: <IncidentsView {...list} incidents={[incident, open]} />,
  "no incidents": <IncidentsView {...list} incidents={[]} />,
  incident: (
    <IncidentView {...viewing} incident={incident} alerts={alerts} timeline={timeline} people={[ada]} />
  ),
  alerts: <AlertsView {...alertList} alerts={alerts} />,
  "no alerts": <AlertsView {...alertList} alerts={[]} searchedTo={null} />,
  alert: <AlertView {...viewing} alert={alert} incident={incident} resource={alert} />,
  notifications: <NotificationsView {...notificationList} notifications={[failed]} />,
  "no notifications": <NotificationsView {...notificationList} notifications={[]} />,
  notification: (
    <NotificationView
      {...viewing}
      notification={failed}
      incident={incident}
      proof={proofOf(failed, sha256)}
      resource={failed}
    />
  ),
  metrics: <ReportsView {...viewing} host={hostile} report={report} at={now} />,
  "on call": (
    <OnCallView {...viewing} teams={[{ schedule: team.schedule, outlook: team.outlook }]} first next="c" />
  ),
  "nobody on call": <OnCallView {...viewing} teams={[]} first next={null} />,
  "a team on call": <TeamOnCallView {...team} />,
  "a team's formErrors override": (
    <TeamOnCallView
      {...team}
      formErrors={{
        action: "override-on-call",
        values: { person: [hostile], from: [hostile], role: [hostile], reason: [hostile] },
        faults: [
          { path: "person", message: hostile },
          { path: "to", message: "must be after the start" },
        ],
      }}
    />
  ),
  simulate: <SimulateView {...simulation} />,
  "what can't be simulated": (
    <SimulateView
      {...simulation}
      result={null}
      rejected={{ values: { at: hostile, severity: hostile }, faults: [{ path: "at", message: hostile }] }}
    />
  ),
  "sign in": <SignInView {...viewing} next={hostile} />,
  problem: (
    <ProblemView
      problem={{
        title: "No",
        detail: hostile,
        errors: [{ path: hostile, message: hostile }],
        request_id: "r",
      }}
    />
  ),
};

const assets: AssetUrls = {
  stylesheet: "/assets/app.1.css",
  script: "/assets/app.2.js",
  icon: "data:image/svg+xml,x",
  drawnIcon: "/assets/icon.svg",
  touchIcon: "/assets/icon.png",
  largeIcon: "/assets/icon.png",
  manifest: "/assets/app.webmanifest",
};
const shown = {
  title: "A page",
  assets,
  viewer,
  now,
  here: viewing.here,
  flash: { kind: "done", text: hostile },
} as const;
const pages = Object.entries(contents).map(
  ([name, content]) => [name, frame({ ...shown, content }), content] as const,
);

/** What a reader sees. */
const textOf = (html: unknown) =>
  String(html)
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");

test("whatever view there is, it is shown here", () => {
  const here = readFileSync(import.meta.filename, "utf8");
  const views = readdirSync(import.meta.dirname).filter((name) => /-(view|editor)\.tsx$/.test(name));
  expect(views.filter((name) => !here.includes(`from "./${name}"`))).toEqual([]);
});

describe("every page", () => {
  test.each(pages)("(%s) takes the texts of others for nothing but text", (_, html) => {
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html.match(/<\/title>/g)).toHaveLength(1);
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  test.each(pages)("(%s) keeps the direction of others' texts to themselves", (_, html) => {
    // Of attributes and code nothing is laid out in a line with our own words.
    const laidOut = html
      .replace(/<(bdi|code)\b[^>]*>[^<]*<\/\1>|\u2068[^<]*?\u2069/g, "")
      .replace(/<[^>]*>/g, "");
    expect(laidOut).not.toContain("\u202E");
  });

  test.each(pages)("(%s) runs and styles nothing inline", (_, html) => {
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/);
  });

  test.each(pages)("(%s) has one heading of the first rank and names its language", (_, html) => {
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  test.each(pages)("(%s) has no id twice, and a label for each field", (_, html) => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const fields = [...html.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)]
      .map(([tag]) => tag)
      .filter((tag) => !/type="(hidden|checkbox)"/.test(tag));
    for (const field of fields) expect(html).toContain(`for="${/\sid="([^"]+)"/.exec(field)?.[1]}"`);
  });

  test.each(pages)("(%s) has in each form what makes it ours", (_, html) => {
    const forms = [...html.matchAll(/<form method="post".*?<\/form>/gs)].map(([form]) => form);
    expect(forms.length).toBeGreaterThan(0);
    for (const form of forms) expect(form).toContain('name="form_token" value="token"');
  });

  test.each(pages)("(%s) as a fragment is its content alone", (_, __, content) => {
    const html = frame({ ...shown, content, fragment: true });
    expect(html).toMatch(/^<title>A page · Incidents<\/title><main id="main"/);
    expect(html).not.toContain('<nav aria-label="Main"');
  });
});

describe("the dashboard", () => {
  const text = textOf(contents.dashboard);
  test("says what is open, who is on call and until when", () => {
    for (const part of ["1 open , 1 acknowledged", "1 h 58 min", "alerts ok", "sqs degraded"]) {
      expect(text).toContain(part);
    }
  });

  test("teaches the first alert where nothing has happened yet", () => {
    const fresh = <DashboardView {...dashboard} host="localhost:8080" open={[]} acknowledged={[]} />;
    expect(textOf(fresh)).toContain("curl localhost:8080/api/v1/alerts");
    expect(textOf(fresh)).toContain("All quiet");
  });

  test("puts the worst that nobody has answered first", () => {
    const of = (number: number, fields: object) => anIncident({ number, ...fields });
    const view = (
      <DashboardView
        {...dashboard}
        open={[
          of(1, { severity: "low" }),
          of(2, { severity: "critical", createdAt: monday + 1 }),
          of(3, { severity: "critical" }),
        ]}
        acknowledged={[of(4, { severity: "critical", status: "acknowledged" })]}
      />
    );
    expect([...String(view).matchAll(/href="\/incidents\/(\d)"/g)].map(([, id]) => id)).toEqual([
      "3",
      "2",
      "1",
      "4",
    ]);
  });
});

describe("a team's page", () => {
  const schedule = aSchedule({ team: "payments", createdAt: now, timezone: "Europe/Berlin" });

  test("says who is on call, until when, and who is next", () => {
    expect(textOf(<TeamOnCallView {...teamOnCall(schedule)} overrides={[]} />)).toContain("Primary now");
    const alone = {
      ...teamOnCall(schedule),
      outlook: outlookOf({ schedules: [schedule], overrides: [] }, null, now),
    };
    expect(textOf(<TeamOnCallView {...alone} />)).toMatch(/Ada until Mon 30 Nov 09:00, 6 d 21 h then Bob/);
  });

  test("marks the day on which clocks change in words", () => {
    for (const [from, words] of [
      ["2027-03-22", "at 02:00 clocks go forward 1 h"],
      ["2026-10-19", "at 03:00 clocks go back 1 h"],
    ] as const) {
      const html = String(<TeamOnCallView {...teamOnCall(schedule, from)} />);
      expect(textOf(html)).toContain(words);
      expect(html.match(/◷<br/g)).toHaveLength(1);
    }
  });

  test("marks gaps in words, in the drawing and in the list", () => {
    const layers = schedule.layers.map((layer) => ({
      ...layer,
      restrictions: [{ type: "daily", start: "09:00", end: "17:00" } as const],
    }));
    const html = String(<TeamOnCallView {...teamOnCall({ ...schedule, layers }, "2026-12-07")} />);
    expect(textOf(html)).toContain("Nobody can be reached");
    expect(html).toMatch(/foreignObject[^>]*><bdi class="gap"[^>]*>nobody</);
    expect(html).toMatch(/17:00 <bdi class="gap">nobody</);
  });

  test("puts each fault at its field, and keeps what was typed", () => {
    const html = String(contents["a team's formErrors override"]);
    expect(html).toContain('id="override-on-call-to-fault"><bdi>must be after the start</bdi>');
    expect(html).toMatch(/name="to" aria-invalid="true" aria-describedby="override-on-call-to-fault"/);
    expect(html).toMatch(/<details class="fold" id="override" open/);
    expect(html.match(/aria-invalid/g)).toHaveLength(2);
  });

  test("has nothing to send for who may only read", () => {
    const reader = { ...viewer, mayWrite: false };
    expect(String(<TeamOnCallView {...team} viewer={reader} />)).not.toContain('method="post"');
  });

  test("stays small where shifts change by the hour for two months", () => {
    const layers = schedule.layers.map((layer) => ({
      ...layer,
      rotation: { ...layer.rotation, unit: "hour", length: 1 } as const,
    }));
    const html = String(
      <TeamOnCallView {...teamOnCall({ ...schedule, layers }, "2026-12-01", "2-months")} />,
    );
    expect(textOf(html)).toContain("too many to draw");
    expect(html.length).toBeLessThan(100 * 1_024);
  });
});

describe("a simulation", () => {
  test("tells what would be done with its delays", () => {
    const [step] = simulation.result.steps;
    const steps = [
      { ...step, pages: [{ ...simulatedPage, ...ada, address: ada.email, why: "primary by layer days" }] },
      {
        ...step,
        level: 2,
        at: new Date(now + minutes(5)).toISOString(),
        pages: [{ ...step.pages[0], name: "Bob" }],
      },
    ];
    const view = <SimulateView {...simulation} result={{ ...simulation.result, steps, fallback: null }} />;
    expect(textOf(view)).toMatch(
      /At once, Mon 23 Nov 11:12 · level 1 Ada by email primary by layer days .*After 5 min, Mon 23 Nov 11:17 · level 2 Bob/,
    );
  });
});

describe("an editor", () => {
  test("shows each fault at its field and in a list that leads there", () => {
    const html = String(contents["the editor of a new schedule"]);
    expect(html).toMatch(/id="members\.0\.name"[^>]*aria-invalid="true"/);
    expect(html).toMatch(/aria-describedby="members\.0\.name-fault"/);
    expect(html).toContain('<a href="#members.0.name">Member 1, name</a>');
  });

  test("marks what differs between two versions", () => {
    const html = String(contents["a schedule's editor"]);
    expect(html).toContain("<mark><bdi>Times in UTC</bdi></mark>");
  });

  test("tells from when to when nobody is on call", () => {
    const text = textOf(contents["a schedule's editor"]);
    expect(text).toContain("nobody for 27 d 22 h in a gap");
    expect(text).toMatch(/nobody Mon 23 Nov \d\d:\d\d and on/);
  });

  test("tells a policy in words: who at once, who is passed over, and that it begins again", () => {
    const text = textOf(contents["a policy's editor"]);
    expect(text).toContain("at once · step 1");
    expect(text).toContain("Step 2: nobody is on call now.");
    expect(text).toContain("All of it begins again, once, every 90 seconds.");
  });

  test.each([
    ["team", "Team"],
    ["layers.1.members.0.email", "Layer 2, member 1, email"],
    ["layers.0.rotation.starts_on", "Layer 1, starts on"],
    ["rules.0.targets", "Step 1, targets"],
  ])("names %s as %s", (path, place) => {
    expect(placeOf(path)).toBe(place);
  });
});

describe("an incident", () => {
  const view = (fields: object, who: Partial<Viewer> = {}) => (
    <IncidentView
      {...viewing}
      viewer={{ ...viewer, ...who }}
      incident={anIncident(fields)}
      alerts={[]}
      timeline={[]}
      people={[ada]}
    />
  );

  test("counts down to its next escalation", () => {
    expect(textOf(view({ escalation: open.escalation }))).toContain("next escalation in 4 min");
  });

  test("has no answer left when it is resolved, and one less when it is acknowledged", () => {
    expect(textOf(view({}))).toMatch(/Acknowledge .*Resolve/);
    expect(textOf(view({ status: "acknowledged" }))).not.toContain("Acknowledge ");
    expect(String(view({ status: "resolved" }))).not.toContain('name="answer"');
  });

  test("has nothing to press for who may only read", () => {
    expect(String(view({}, { mayWrite: false }))).not.toContain("<button");
  });
});

describe("alerts", () => {
  const said = (message: string, fields: object = {}) =>
    aRecordedAlert({ message, incidentId: "inc_1", ...fields });
  const view = (props: object) => <AlertsView {...alertList} filter={{}} alerts={[]} {...props} />;

  test("that say the same one after another are one line, which keeps a way to each", () => {
    const storm = [said("down"), said("down"), said("slow"), said("down"), said("down", { severity: "low" })];
    const html = String(view({ alerts: storm }));
    expect(html.match(/data-row/g)).toHaveLength(4);
    expect(textOf(html)).toContain("and 1 alike before it");
    for (const { id } of storm) expect(html).toContain(`href="/alerts/${id}"`);
  });

  test("that were looked for tell how far back that was, and when there are no more", () => {
    expect(textOf(view({ searchedTo: monday }))).toContain("back to 2026-11-23 10:00 UTC");
    expect(textOf(view({ filter: { text: "x" }, searchedTo: null, next: null, first: true }))).toContain(
      "No alert is like that.",
    );
  });

  test("tell what became of them, and why nothing did", () => {
    const words = (fields: object) =>
      textOf(<AlertView {...viewing} alert={aRecordedAlert(fields)} incident={open} resource={{}} />);
    expect(words({ outcome: "existing_incident" })).toContain("It joined an incident that was under way: #1");
    expect(words({ outcome: "dropped", action: "resolve", incidentId: null })).toContain(
      "there was no incident to resolve",
    );
  });
});

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
    [{ dueAt: now + minutes(5) }, "due in 5 min"],
    [{ dueAt: monday }, "to be sent at once"],
    [{ claimedUntil: now + 1 }, "is being sent"],
    [tried(begun, "temporary"), "1 attempt of 8 failed, it is tried again"],
    [
      { ...tried(tried(begun, "temporary"), "sent"), status: "sent", sentAt: monday },
      "within a second, at attempt 2",
    ],
    [{ ...tried(begun, "sent"), status: "sent", sentAt: monday + seconds(9) }, "within 9 s"],
    [{ ...tried(begun, "temporary"), status: "failed" }, "after 1 attempt"],
    [{ status: "suppressed" }, "was not sent"],
  ] as const)("in state %# is %s", (fields, words) => {
    expect(deliveryWords({ ...begun, ...fields }, now)).toBe(words);
  });

  test("of a channel without a provider is printed, not sent", () => {
    const attempted = tried(begun, "sent");
    const sent = { ...attempted, status: "sent", sentAt: monday } as const;
    expect(view(sent)).toContain("✓ sent");
    const detail = "email is simulated: SMTP_URL is not set";
    const attempts = attempted.attempts.map((attempt) => ({ ...attempt, detail }));
    const printed = view({ ...sent, simulated: true, attempts });
    expect(printed).toContain(`▷ printed to the console within a second : ${detail}`);
    expect(printed).toContain("Printed");
    expect(printed).not.toMatch(/✓|✔|accepted by the provider/);
  });

  test("is proven as long as its chain of hashes holds", () => {
    const sound = tried(tried(begun, "temporary"), "sent");
    expect(view(begun)).toContain("Nothing was tried yet");
    expect(view(sound)).toContain("Valid: the hash of each of the 2 attempts follows");
    const [first, second] = sound.attempts;
    if (!first || !second) throw new Error("It was tried twice");
    const forged = view({ ...sound, attempts: [first, { ...second, detail: "250 accepted" }] });
    expect(forged).toContain("Broken: the hash of attempt 2 does not follow");
  });

  test("never shows the whole of a URL that is a secret", () => {
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

describe("metrics", () => {
  const answered = (createdAt: number, mtta: number, fields: object = {}) =>
    factsOf(
      anIncident({
        createdAt,
        status: "resolved",
        acknowledgedAt: createdAt + seconds(mtta),
        resolvedAt: createdAt + minutes(10),
        ...fields,
      }),
    );
  const week: DailyTally[] = Array.from({ length: 7 }, (_, index) => ({
    day: Date.UTC(2026, 10, 17 + index),
    tally: tally([]),
  }));
  const withIncidents = week.with(6, {
    day: Date.UTC(2026, 10, 23),
    tally: tally([
      answered(monday, 30, { service: "checkout", team: "web" }),
      answered(monday, 60, { service: "checkout", severity: "low" }),
      answered(monday + minutes(61), 90, { service: "search", status: "open", resolvedAt: null }),
    ]),
  });
  const before = tally([answered(monday - days(7), 120), answered(monday - days(7), 120)]);
  const shown = (props: object) =>
    textOf(
      <ReportsView {...viewing} host="h" report={{ days: withIncidents, before }} at={now} {...props} />,
    );

  test("are those of the chosen days, next to those of as many before", () => {
    const text = shown({});
    for (const part of [
      "Incidents 3 50 % more than in the 7 days before 1 unresolved",
      "MTTA 1 min 50 % quicker than in the 7 days before median 1 min · 95 % within 1 min",
      "MTTR 10 min as in the 7 days before",
      "checkout 2 45 s 10 min",
      "search 1 1 min –",
      "Mon 10:00 is the busiest hour, with 2 incidents.",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("of nothing are no numbers, and teach the first alert", () => {
    const text = shown({ report: { days: week, before: tally([]) } });
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    expect(text).toContain("Send the first alert");
    expect(text).toContain("No incident opened in this time.");
  });
});

test.each([
  ["[CRITICAL] checkout: down", "checkout: down"],
  ["[HIGH] ", "[HIGH] "],
  ["[P1] down", "[P1] down"],
])("%s is shown as %s", (title, short) => {
  expect(shortTitle({ title })).toBe(short);
});

describe("what came of an answer", () => {
  const done = { outcome: "done", incident: anIncident({ number: 7 }) } as const;
  const resolved = anIncident({
    number: 8,
    status: "resolved",
    resolvedAt: now - seconds(12),
    resolvedBy: "bob",
  });

  test("is told with who was quicker, and how long ago", () => {
    expect(answerWords("acknowledge", [done, { outcome: "too_late", incident: resolved }], now)).toEqual({
      kind: "trouble",
      text: "Acknowledged #7. #8 was resolved by \u2068bob\u2069 12 s ago and can no longer be acknowledged.",
    });
    expect(answerWords("resolve", [{ outcome: "already", incident: resolved }], now).text).toBe(
      "#8 was resolved by \u2068bob\u2069 12 s ago already.",
    );
    expect(answerWords("resolve", [done], now)).toEqual({ kind: "done", text: "Resolved #7." });
    expect(answerWords("resolve", [], now).kind).toBe("trouble");
  });
});

test.each([
  [-1, "0 s"],
  [seconds(59), "59 s"],
  [minutes(4) + seconds(59), "4 min"],
  [minutes(60), "1 h"],
  [minutes(118), "1 h 58 min"],
  [minutes(60 * 53), "2 d 5 h"],
])("%i ms are %s", (ms, text) => {
  expect(formatSpan(ms)).toBe(text);
});

describe("a chart", () => {
  test("has a line with gaps, and a dot where a value stands alone", () => {
    const html = String(<TrendChart label="x" values={[1, 2, null, 3, null]} />);
    expect(html).toContain('class="line" d="M30 43.3L90 24.7M210 6"');
    expect(html.match(/class="dot"/g)).toHaveLength(2);
  });

  test("of nothing is an axis", () => {
    for (const chart of [
      <TrendChart label="x" values={[null, null]} />,
      <BarChart label="x" values={[0, 0]} />,
    ]) {
      expect(String(chart)).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});

describe("colours", () => {
  const css = readFileSync("infra/build/web/app.css", "utf8");
  const colour = (name: string, scheme: 0 | 1): string =>
    [...css.matchAll(new RegExp(`--${name}: (#\\w+);`, "g"))][scheme]?.[1] ?? "";

  test.each([
    ...["text", "quiet", "link", "critical", "high", "good"].flatMap((text) => [
      { text, on: "paper", least: 4.5 },
      { text, on: "card", least: 4.5 },
    ]),
    ...["critical", "high", "medium", "low", "good", "violet", "teal"].map((text) => ({
      text,
      on: `${text}-wash`,
      least: 4.5,
    })),
    { text: "text", on: "high-wash", least: 4.5 },
    { text: "text", on: "good-wash", least: 4.5 },
    { text: "quiet", on: "low-wash", least: 4.5 },
    { text: "critical", on: "low-wash", least: 4.5 },
    { text: "on-button", on: "button", least: 4.5 },
    { text: "edge", on: "card", least: 3 },
  ])("of $text on $on are told apart in both schemes", ({ text, on, least }) => {
    for (const scheme of [0, 1] as const) {
      const [a, b] = [luminance(colour(text, scheme)), luminance(colour(on, scheme))];
      expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), `${scheme}`).toBeGreaterThanOrEqual(least);
    }
  });
});

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join("") : hex.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((start) => Number.parseInt(digits.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
