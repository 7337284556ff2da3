import { sha256 } from "../../../shared/crypto/sha256.ts";
import { decide } from "../../../shared/domain/access/decide.ts";
import type { PersonPrincipal } from "../../../shared/domain/access/principal.ts";
import type { TeamRole } from "../../../shared/domain/access/roles.ts";
import { routedAgain } from "../../../shared/domain/alerts/routing-preview.ts";
import type { HealthStatus } from "../../../shared/domain/health.ts";
import { reportOf } from "../../../shared/domain/incidents/report.ts";
import { summaryOf, tally } from "../../../shared/domain/incidents/stats.ts";
import { timelineOf } from "../../../shared/domain/incidents/timeline.ts";
import { proofOf } from "../../../shared/domain/notifications/proof.ts";
import { calendarDates } from "../../../shared/domain/oncall/calendar-dates.ts";
import {
  defaultPolicy,
  type EscalationPolicy,
  type Recipient,
} from "../../../shared/domain/oncall/escalation.ts";
import { forecastOf } from "../../../shared/domain/oncall/forecast.ts";
import type { TeamReadiness } from "../../../shared/domain/oncall/readiness.ts";
import type { Schedule, SchedulePlan } from "../../../shared/domain/oncall/schedule.ts";
import {
  type CalendarSpan,
  calendarDays,
  roleCalendars,
  spanAfter,
} from "../../../shared/domain/oncall/schedule-calendar.ts";
import type { Person } from "../../../shared/domain/person.ts";
import { wallClock } from "../../../shared/domain/wall-clock.ts";
import { generic } from "../../../shared/integrations/generic.ts";
import { loadMarkup } from "../../../shared/web/components/incident/markup.tsx";
import { isolate } from "../../../shared/web/components/isolate.ts";
import { AccessView } from "../../../shared/web/pages/access/view.tsx";
import { AlertView } from "../../../shared/web/pages/alert/view.tsx";
import { AlertsView } from "../../../shared/web/pages/alerts/view.tsx";
import { ApiKeysView } from "../../../shared/web/pages/api-keys/view.tsx";
import { AuditView } from "../../../shared/web/pages/audit/view.tsx";
import { DeadLettersView } from "../../../shared/web/pages/dead-letters/view.tsx";
import { draftOfPolicy } from "../../../shared/web/pages/edit-policy/draft.ts";
import { PolicyEditorView } from "../../../shared/web/pages/edit-policy/view.tsx";
import { draftOfPlan } from "../../../shared/web/pages/edit-schedule/draft.ts";
import { ScheduleEditorView } from "../../../shared/web/pages/edit-schedule/view.tsx";
import { formOfService } from "../../../shared/web/pages/edit-service/form.ts";
import { ServiceEditorView } from "../../../shared/web/pages/edit-service/view.tsx";
import { HeartbeatView } from "../../../shared/web/pages/heartbeat/view.tsx";
import { HeartbeatsView } from "../../../shared/web/pages/heartbeats/view.tsx";
import { HomeView } from "../../../shared/web/pages/home/view.tsx";
import { IncidentView } from "../../../shared/web/pages/incident/view.tsx";
import { IncidentsView } from "../../../shared/web/pages/incidents/view.tsx";
import { IntegrationView } from "../../../shared/web/pages/integration/view.tsx";
import { IntegrationsView } from "../../../shared/web/pages/integrations/view.tsx";
import { MergeIncidentView } from "../../../shared/web/pages/merge-incident/view.tsx";
import { MoveIncidentView } from "../../../shared/web/pages/move-incident/view.tsx";
import { NewHeartbeatView } from "../../../shared/web/pages/new-heartbeat/view.tsx";
import { NewIncidentView } from "../../../shared/web/pages/new-incident/view.tsx";
import { NewSilenceView } from "../../../shared/web/pages/new-silence/view.tsx";
import { NotificationView } from "../../../shared/web/pages/notification/view.tsx";
import { NotificationsView } from "../../../shared/web/pages/notifications/view.tsx";
import { OnCallView } from "../../../shared/web/pages/on-call/view.tsx";
import { OnCallCalendarView } from "../../../shared/web/pages/on-call-calendar/view.tsx";
import { ReadinessView } from "../../../shared/web/pages/readiness/view.tsx";
import { ReportsView } from "../../../shared/web/pages/reports/view.tsx";
import { RequestRespondersView } from "../../../shared/web/pages/request-responders/view.tsx";
import { draftOfRule } from "../../../shared/web/pages/routing/draft.ts";
import { formOfRules } from "../../../shared/web/pages/routing/form.ts";
import { ruleLine } from "../../../shared/web/pages/routing/rule-text.ts";
import { RoutingView } from "../../../shared/web/pages/routing/view.tsx";
import { SearchView } from "../../../shared/web/pages/search/view.tsx";
import { ServiceView } from "../../../shared/web/pages/service/view.tsx";
import { listedServices } from "../../../shared/web/pages/services/listed-services.ts";
import { ServicesView } from "../../../shared/web/pages/services/view.tsx";
import { LeavingView } from "../../../shared/web/pages/sign-in/provider.tsx";
import { SignInView } from "../../../shared/web/pages/sign-in/view.tsx";
import { SilencesView } from "../../../shared/web/pages/silences/view.tsx";
import { SimulateView } from "../../../shared/web/pages/simulate/view.tsx";
import { SystemView } from "../../../shared/web/pages/system/view.tsx";
import { TeamsChannelsView } from "../../../shared/web/pages/team-channels/teams-view.tsx";
import { TeamChannelsView } from "../../../shared/web/pages/team-channels/view.tsx";
import { NoScheduleView } from "../../../shared/web/pages/team-on-call/no-schedule.tsx";
import { TeamOnCallView } from "../../../shared/web/pages/team-on-call/view.tsx";
import { NoUser } from "../../../shared/web/pages/user/no-user.tsx";
import { UserView } from "../../../shared/web/pages/user/view.tsx";
import { UsersView } from "../../../shared/web/pages/users/view.tsx";
import { WebhookView } from "../../../shared/web/pages/webhook/view.tsx";
import { WebhooksView } from "../../../shared/web/pages/webhooks/view.tsx";
import { ForbiddenView } from "../../../shared/web/site/forbidden-view.tsx";
import { type AssetUrls, frame } from "../../../shared/web/site/frame.tsx";
import { ProblemView } from "../../../shared/web/site/problem-view.tsx";
import type { Viewer, Viewing } from "../../../shared/web/site/viewer.ts";
import {
  ada,
  aHeartbeat,
  aNote,
  aNotification,
  anApiKey,
  anEvent,
  anIncident,
  anIntegration,
  anOverride,
  aRecordedAlert,
  aRule,
  aSchedule,
  aService,
  aSilence,
  aUser,
  aWebhook,
  days,
  minutes,
  monday,
  seconds,
} from "../builders.ts";

/** Examples of every page, with hostile texts wherever users may write. */
const hostile = `</title></script><script>alert(1)</script>"'&\u202Eevil${"x".repeat(2_000)}`;
export const now = monday + minutes(12);
export const viewer: Viewer = {
  name: hostile,
  identity: "self_declared",
  may: () => true,
  mayWrite: true,
  formToken: "token",
};
/** Someone with an API key that may do everything. */
export const viewerWithKey: Viewer = {
  name: "ada",
  identity: "key",
  may: () => true,
  mayWrite: true,
  formToken: "token",
};
/** Returns a person who is signed in with these roles, as pages know them. */
export function signedIn({ name, email }: Person, roles: readonly TeamRole[]) {
  const principal: PersonPrincipal = { kind: "person", name, email, subject: "1", groups: [] };
  const may: Viewer["may"] = (right, subject) => decide({ principal, roles }, right, subject) === null;
  return { name, email, identity: "person", roles, may, mayWrite: may("respond") } satisfies Partial<Viewer>;
}

export const viewing: Viewing = { viewer, here: "/incidents?text=a&b", now };
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
  responders: [{ name: hostile, email: "x@example.com", askedAt: monday, answeredAt: null }],
});
export const open = anIncident({ escalation: { level: 1, pass: 1, nextAt: now + seconds(250) } });
const timeline = timelineOf(
  [anEvent({ actor: hostile })],
  [aNote({ author: hostile, content: hostile })],
  [aNotification({ status: "failed", reason: hostile })],
);
const alerts = [aRecordedAlert({ message: hostile, source: hostile, labels: { [hostile]: hostile } })];
const hostileRecipients = [{ name: hostile, email: "x@example.com", reason: { kind: "policy" } as const }];
export const shownIncident = {
  incident,
  alerts,
  changes: [
    {
      id: "chg_1",
      service: hostile,
      summary: hostile,
      source: hostile,
      at: now,
      links: [{ href: "https://ci.example.com/7", text: hostile }],
      details: {},
    },
  ],
  timeline,
  paging: { next: null, people: [ada] },
  owner: hostile,
  markup: await loadMarkup([hostile]),
};
const pagedTimeline = timelineOf(
  [anEvent({ type: "paging", team: hostile, level: 1, pass: 1, recipients: hostileRecipients, nextAt: now })],
  [],
  [],
);
const noOne = { person: null, kind: "rotation", by: null, start: -Infinity, end: Infinity } as const;
const someone = {
  ...noOne,
  person: { name: hostile, email: "x@example.com" },
  end: now + minutes(118),
};

const healthOf = (alerts: HealthStatus, sqs: HealthStatus) => ({
  services: {
    alerts: { status: alerts },
    incidents: { status: alerts },
    oncall: { status: alerts },
    notifications: { status: alerts },
    web: { status: alerts },
  },
  dependencies: { dynamodb: { status: alerts }, sqs: { status: sqs } },
});

export const home = {
  ...viewing,
  host: hostile,
  unresolved: {
    open: 1,
    acknowledged: 1,
    more: false,
    latest: [open, incident],
    severitiesKeptMs: 10_000,
    olderExist: true,
    top: [open, incident],
  },
  teams: [
    {
      schedule: aSchedule({ team: hostile }),
      roles: { primary: someone, secondary: noOne },
      policy: defaultPolicy,
    },
  ],
  ownShifts: [
    { team: hostile, role: "primary", start: monday, end: someone.end },
    { team: hostile, role: "secondary", start: now + days(1), end: now + days(2) },
  ],
  moreTeams: false,
  teamsAt: now,
  days: Array.from({ length: 30 }, () => ({ tally: tally([]) })),
  trendsAt: now,
  rate: { perMinute: Array.from({ length: 60 }, () => 0), complete: true },
  health: healthOf("ok", "degraded"),
  backlog: [
    { queue: "alerts", waiting: 4_881, inFlight: 0, stopped: true, since: now - minutes(3), deadLetters: 0 },
    { queue: "notifications", waiting: 1, inFlight: 1, stopped: false, since: now, deadLetters: 1 },
  ],
  setup: { user: true, integration: false, deliveredPage: false, simulatedChannels: ["email"] },
  hidesSetup: false,
} as const;
const incidentList = {
  ...viewing,
  host: hostile,
  choice: { text: hostile, team: hostile, group: "team" },
  views: [{ name: hostile, query: "team=a&group=service" }],
  counts: { unresolved: "2+", open: "1+", acknowledged: "1+" },
} as const;
const unresolvedIncidents = {
  latest: [open, incident],
  olderExist: true,
  isNew: false,
  groups: [{ name: hostile, incidents: [open, incident], total: 7 }],
};
export const [alert = aRecordedAlert()] = alerts;
export const alertList = {
  ...viewing,
  counts: { routing: 0, activeSilences: 0, missedHeartbeats: 0 },
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
  receipts: [{ at: now, kind: "answered", detail: hostile, providerId: "x", afterAttempts: 1, hash: "h" }],
  metadata: { [hostile]: hostile },
  fallbacks: [{ pageId: "p", method: { id: "x", channel: "sms", address: hostile } }],
});
export const notificationList = {
  ...viewing,
  filter: { recipient: hostile, incident: hostile },
  first: false,
  next: "c",
  partial: true,
};
const hours = [{ openedAt: monday, tally: tally([summaryOf(incident)]) }];
const report = reportOf(hours, { days: 7, timezone: "UTC", now });
const load = {
  pages: [{ email: hostile, team: hostile, pages: 5, nights: 2, weekends: 1 }],
  shifts: [{ team: hostile, person: { name: hostile, email: hostile }, start: monday, end: now }],
  teams: ["web", hostile],
  moreTeams: true,
  isComplete: false,
};
const hostilePerson = { name: hostile, email: "x@example.com" };
const hostileSchedule = aSchedule(
  { team: hostile, timezone: "Europe/Berlin", createdAt: now },
  { members: [{ ...hostilePerson, role: "primary" }] },
);
const overrides = [
  anOverride({ person: hostilePerson, reason: hostile, replaces: hostile, end: now + days(1) }),
];

/** Props of the page of a team, for a schedule from a day on. */
export function teamOnCall(schedule: Schedule, from = "2026-11-23", span: CalendarSpan = "2-weeks") {
  const history = { schedules: [schedule], overrides };
  const first = wallClock(`${from}T00:00`);
  const shown = calendarDays(first, spanAfter(first, span, 1), schedule.timezone);
  return {
    ...viewing,
    schedule,
    forecast: forecastOf(history, null, now),
    calendar: {
      timezone: schedule.timezone,
      span,
      days: shown,
      previous: "2026-11-09",
      next: "2026-12-07",
      roles: roleCalendars(history, shown[0]?.start ?? 0, shown.at(-1)?.end ?? 0),
    },
    overrides,
    deactivated: [
      {
        ...hostilePerson,
        isInPolicy: true,
        shifts: [{ role: "secondary", start: now, end: now + 1 }],
      },
    ] as const,
    asked: { from, span },
    webcalUrl: `webcal://${hostile}`,
    policy: null,
    users: [hostilePerson],
    services: [aService({ name: hostile })],
    moreServices: true,
    channels: [{ id: "room", channel: "slack", address: hostile, events: ["triggered"] }] as const,
    webhooks: [aWebhook({ team: hostile, url: `https://example.com/${"w".repeat(200)}`, enabled: false })],
  };
}
export const team = teamOnCall({
  ...hostileSchedule,
  layers: hostileSchedule.layers.map((layer) => ({ ...layer, name: hostile })),
});
const sentCode = { digest: "d", notificationId: "ntf_1", sentAt: now, expiresAt: now + 1, failures: 0 };
const drill = { team: hostile, week: "2026-11-23", email: hostile, startedAt: monday, answerBy: monday };
const teamReadiness: TeamReadiness = {
  team: hostile,
  rule: { withinSeconds: 300, channels: 2, drill: "weekly" },
  drill: { ...drill, answeredAt: null, missedAt: monday, canceledAt: null, version: 1 },
  people: [
    {
      person: hostilePerson,
      methods: [
        { method: { id: hostile, channel: "slack", address: hostile }, delaySeconds: 60, fault: "simulated" },
        { method: { id: "mail", channel: "email", address: hostile }, delaySeconds: null, fault: null },
      ],
      faults: ["late", "too_few_channels", "missed_drill"],
      answeredAt: monday,
    },
    { person: hostilePerson, methods: [], faults: [], answeredAt: null },
  ],
  more: 3,
};

export const simulatedPage = {
  name: hostile,
  email: "x@example.com",
  channel: "email",
  address: hostile,
  delay_seconds: 0,
  at: "2026-11-23T10:00:00.000Z",
  bundled: false,
  why: hostile,
} as const;
export const simulation = {
  ...viewing,
  asked: { service: hostile, severity: "high", message: hostile, at: now, timezone: "Europe/Berlin" },
  result: {
    team: hostile,
    urgency: "low",
    raises_at: new Date(now).toISOString(),
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
const device = { endpoint: "https://push.example.com/1", p256dh: "p", auth: "a", createdAt: monday };
const push = { key: "BKey", devices: [{ ...device, id: "psh_1", name: hostile }] };
const user = aUser({
  name: hostile,
  timezone: hostile,
  contactMethods: [method, { ...method, id: "slack", channel: "slack" }],
  notificationRules: [{ contactMethodId: hostile, delaySeconds: 90 }],
});
const service = aService({
  name: hostile,
  team: hostile,
  autoResolveSeconds: 90,
  runbookUrl: "https://wiki.example.com/runbook",
  links: [{ text: hostile, href: "https://grafana.example.com/d/1" }],
  description: hostile,
  urgency: {
    timezone: "Europe/Berlin",
    hours: [
      { type: "weekly", startDay: "monday", start: "09:00", endDay: "monday", end: "17:00" },
      { type: "weekly", startDay: "friday", start: "18:00", endDay: "sunday", end: "08:00" },
    ],
    inside: "high",
    outside: "by_severity",
    raise: true,
  },
});
const channels = [{ ...method, events: ["triggered"] as const }];
const key = { apiKey: anApiKey({ name: hostile, createdAt: monday }), lastUsedAt: monday };
const integration = {
  integration: anIntegration({ name: hostile, service: hostile }),
  activity: { integrationId: "int_1", events: 2, errors: 1, lastEventAt: monday },
  team: hostile,
};
const integrationError = {
  id: "err_1",
  integrationId: "int_1",
  at: monday,
  status: 422,
  message: hostile,
  excerpt: hostile,
};
const webhook = aWebhook({
  team: hostile,
  url: `https://example.com/${hostile}`,
  description: hostile,
  enabled: false,
  disabledReason: hostile,
  previousSecretUntil: now + days(1),
});
const delivery = {
  ...aNotification({ channel: "webhook", attempts: [attempt], reason: hostile }),
  webhook: { webhookId: webhook.id, team: hostile, messageId: hostile, event: anEvent({ actor: hostile }) },
};
const entry = {
  id: "aud_1",
  at: monday,
  event: "change",
  actor: hostile,
  actorKind: "person",
  subject: hostile,
  ipAddress: hostile,
  right: hostile,
  method: "PUT",
  path: hostile,
  requestId: hostile,
  resource: "user",
  resourceId: hostile,
  before: { [hostile]: hostile },
  after: { [hostile]: [{ id: hostile, [hostile]: "x" }], name: hostile },
  isChained: true,
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
  "members.0.person",
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
  people: [{ name: hostile, email: "eve@example.com" }],
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
const recipient: Recipient = {
  name: hostile,
  email: hostile,
  reason: { kind: "layer", role: "primary", name: hostile },
};
const policyEditing = {
  ...editing,
  ownPolicy: false,
  draft: draftOfPolicy(policy),
  preview: {
    policy,
    steps: [{ at: now, position: { level: 1, pass: 1 }, recipients: [recipient], nextAt: null, gaps: [] }],
  },
};
const counts = { routing: 2, activeSilences: 1, missedHeartbeats: 1 };
const hostileRule = aRule({
  name: hostile,
  matchers: [{ field: "message", op: "=", value: hostile }],
  service: hostile,
  team: hostile,
  dedupKey: hostile,
  group: { by: [`labels.${hostile}`], windowSeconds: 60 },
});
const rules = [hostileRule, aRule({ name: "drop", drop: true })];
const missing = {
  heartbeat: aHeartbeat({ name: hostile, service: hostile, team: hostile }),
  state: "missing",
  lastBeatAt: monday,
  dueAt: now,
  missingSince: monday,
} as const;
export const contents = {
  silences: (
    <SilencesView
      {...viewing}
      {...further}
      counts={counts}
      silences={[aSilence({ comment: hostile, createdBy: hostile })]}
      ownerOf={() => "pay"}
    />
  ),
  "a new silence": (
    <NewSilenceView
      {...viewing}
      counts={counts}
      values={{ matchers: `service = ${hostile}`, comment: hostile, days: ["monday"] }}
      notice={`Alert ${isolate(hostile)} was not found.`}
      preview={{
        active: [{ start: now, end: now + days(1) }],
        latest: { alerts: [aRecordedAlert({ message: hostile })], complete: false },
        matched: [aRecordedAlert({ message: hostile })],
      }}
    />
  ),
  "routing rules": (
    <RoutingView
      {...viewing}
      counts={counts}
      form={formOfRules(rules)}
      stored={{ rules: [], inForceFrom: monday, version: 1 }}
      version={1}
      conflict={{ by: hostile, at: monday, theirs: [], mine: rules.map(ruleLine) }}
      tested={{
        latest: { alerts, complete: false },
        routed: routedAgain(alerts, [{ ...hostileRule, matchers: [] }]),
      }}
    />
  ),
  "an open routing rule": (
    <RoutingView
      {...viewing}
      counts={counts}
      form={{
        ...formOfRules(rules),
        open: { position: 0, isNew: false, draft: draftOfRule(hostileRule) },
        faults: [{ path: "name", message: hostile }],
      }}
      stored={{ rules, inForceFrom: monday, version: 1 }}
      version={1}
    />
  ),
  heartbeats: (
    <HeartbeatsView {...viewing} {...further} counts={counts} heartbeats={[missing]} ownerOf={() => "pay"} />
  ),
  heartbeat: (
    <HeartbeatView
      {...viewing}
      counts={counts}
      current={missing}
      ownerOf={() => "pay"}
      baseUrl="http://localhost"
      newKey={null}
    />
  ),
  "a heartbeat with its key": (
    <HeartbeatView
      {...viewing}
      counts={counts}
      current={missing}
      ownerOf={() => "pay"}
      baseUrl="http://localhost"
      newKey="key"
    />
  ),
  "a new heartbeat": (
    <NewHeartbeatView
      {...viewing}
      counts={counts}
      formErrors={{ action: "create-heartbeat", values: { name: [hostile] }, faults: [] }}
    />
  ),
  "the calendar of all teams": (
    <OnCallCalendarView
      {...viewing}
      {...further}
      dates={calendarDates("month", undefined, now)}
      asked="2026-11-23"
      teams={[{ schedule: hostileSchedule, days: team.calendar.days, primary: [someone, noOne] }]}
    />
  ),
  "a new incident": (
    <NewIncidentView
      {...viewing}
      service={hostile}
      services={[hostile]}
      teams={[hostile]}
      people={[hostilePerson]}
    />
  ),
  "an incident that was merged": (
    <IncidentView {...viewing} {...shownIncident} incident={{ ...incident, mergedInto: "inc_2" }} />
  ),
  "the merge of an incident": (
    <MergeIncidentView {...viewing} incident={open} q={hostile} found={[incident]} olderExist />
  ),
  "the move of an incident": (
    <MoveIncidentView {...viewing} incident={open} services={[hostile]} teams={[hostile]} />
  ),
  "a request for responders": (
    <RequestRespondersView
      {...viewing}
      incident={open}
      people={[someone.person]}
      others={[{ name: hostile, email: "a@example.com" }]}
      teams={[hostile]}
    />
  ),
  services: (
    <ServicesView
      {...viewing}
      {...further}
      services={listedServices([service], [incident])}
      moreIncidents
      teams={[hostile]}
    />
  ),
  "a service": (
    <ServiceView
      {...viewing}
      service={{
        name: hostile,
        settings: service,
        team: hostile,
        policy: { ...defaultPolicy, repeat: 2 },
        onCall: { primary: someone, secondary: noOne },
      }}
      incidents={[incident, open]}
      total={7}
      integrations={[anIntegration({ name: hostile, service: hostile })]}
      moreIntegrations
    />
  ),
  "a service that is edited": (
    <ServiceEditorView
      {...viewing}
      {...formOfService(service, hostile)}
      service={hostile}
      teams={[hostile]}
      base="base"
      isStored
      faults={[{ path: "hours.0", message: hostile }]}
      focus="links.0.text"
    />
  ),
  users: <UsersView {...viewing} {...further} users={[user]} />,
  "someone who is no user": <NoUser {...viewing} email={hostile} />,
  user: (
    <UserView
      {...viewing}
      user={user}
      reachability={{ codes: user.contactMethods.map(({ id }) => ({ ...sentCode, methodId: id })) }}
      telegram={{ bot: "incidents_bot", code: "code" }}
      stopped={new Set([hostile])}
      push={push}
    />
  ),
  "the teams' channels": (
    <TeamsChannelsView
      {...viewing}
      {...further}
      configured={["email"]}
      teams={[{ team: hostile, channels }]}
    />
  ),
  "a team's channels": <TeamChannelsView {...viewing} team={hostile} channels={channels} />,
  webhooks: (
    <WebhooksView
      {...viewing}
      {...further}
      teams={[{ team: hostile, webhooks: [webhook] }]}
      team={hostile}
      formErrors={{ action: "create-webhook", values: {}, faults: [{ path: "events", message: hostile }] }}
    />
  ),
  "a webhook": (
    <WebhookView
      {...viewing}
      {...further}
      webhook={webhook}
      secret="whsec_x"
      deliveries={[
        delivery,
        { ...delivery, id: "ntf_2", status: "sent", createdAt: delivery.createdAt + 1_000 },
      ]}
    />
  ),
  integrations: (
    <IntegrationsView
      {...viewing}
      {...further}
      integrations={[integration]}
      types={[{ name: "generic", title: "Generic JSON" }]}
      teams={[hostile]}
    />
  ),
  "an integration": (
    <IntegrationView
      {...viewing}
      known={{ ...integration, errors: [integrationError] }}
      type={generic}
      teams={[hostile]}
      secret="abc"
      url="https://x/abc"
      address="0123456789abcdef0123456789abcdef@in.example.com"
      setUp="curl"
      test={{ alert, incident }}
    />
  ),
  access: (
    <AccessView
      {...viewing}
      team={null}
      assignments={[
        { role: "admin", email: "x@example.com" },
        { role: "viewer", group: hostile },
      ]}
      adminEmails={[hostile]}
      defaultRole="viewer"
      teams={[hostile]}
      people={[hostilePerson]}
    />
  ),
  "access to a team": (
    <AccessView
      {...viewing}
      team={hostile}
      assignments={[]}
      adminEmails={[]}
      defaultRole={null}
      teams={[hostile]}
      people={[]}
      formErrors={{
        action: "change-roles",
        values: { holder: [hostile] },
        faults: [{ path: "holder", message: "must be an email address" }],
      }}
    />
  ),
  "API keys": <ApiKeysView {...viewing} {...further} keys={[key]} secret="ipk_x" />,
  "the audit log": (
    <AuditView
      {...viewing}
      {...further}
      filter={{ event: "change", kind: "user", id: hostile, actor: hostile, ip: hostile }}
      entries={[
        entry,
        { ...entry, id: "aud_2", before: null },
        { ...entry, id: "aud_3", event: "denied", resource: "request", before: null },
        { ...entry, id: "aud_4", event: "sign_in", resource: "session", before: null },
      ]}
    />
  ),
  "a page that a key doesn't reach": (
    <ForbiddenView reason='The key "ci" lacks the scope admin' administrators={["ada@example.com"]} />
  ),
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
  home: <HomeView {...home} />,
  search: (
    <SearchView
      {...viewing}
      q={hostile}
      found={{
        incidents: [incident],
        services: [hostile],
        teams: [hostile],
        people: [{ name: hostile, email: "x@example.com" }],
      }}
    />
  ),
  "an empty home page": (
    <HomeView
      {...home}
      unresolved={{ ...home.unresolved, open: 0, acknowledged: 0, latest: [], top: [] }}
      teams={[]}
    />
  ),
  system: <SystemView {...home} version="0.2.0" />,
  "dead letters": (
    <DeadLettersView
      {...viewing}
      queue="alerts"
      deadLetters={[
        { id: hostile, sentAt: monday, group: hostile, reason: hostile, body: hostile, wasRedriven: true },
      ]}
    />
  ),
  "silent queues": <SystemView {...home} version="0.2.0" backlog={[]} />,
  incidents: <IncidentsView {...incidentList} unresolved={unresolvedIncidents} />,
  "incidents of a status": (
    <IncidentsView {...incidentList} list={{ incidents: [incident, open], first: false, next: "c" }} />
  ),
  "no incidents": (
    <IncidentsView {...incidentList} unresolved={{ ...unresolvedIncidents, groups: [], latest: [] }} />
  ),
  incident: <IncidentView {...viewing} {...shownIncident} />,
  alerts: <AlertsView {...alertList} alerts={alerts} />,
  "no alerts": <AlertsView {...alertList} alerts={[]} searchedTo={null} />,
  "an open incident": (
    <IncidentView
      {...viewing}
      {...shownIncident}
      incident={{ ...open, title: hostile }}
      timeline={pagedTimeline}
      paging={{
        next: { at: now, step: { position: { level: 2, pass: 1 }, recipients: hostileRecipients } },
        people: [{ name: hostile, email: "x@example.com" }],
      }}
    />
  ),
  alert: <AlertView {...viewing} alert={alert} incident={incident} owner={hostile} resource={alert} />,
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
  insights: <ReportsView {...viewing} host={hostile} report={report} load={load} team={hostile} at={now} />,
  "on call": (
    <OnCallView {...viewing} teams={[{ schedule: team.schedule, forecast: team.forecast }]} first next="c" />
  ),
  "no one on call": <OnCallView {...viewing} teams={[]} first next={null} />,
  "a team on call": <TeamOnCallView {...team} />,
  "a team without a schedule": <NoScheduleView {...team} team={hostile} />,
  "a team's rejected override": (
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
  readiness: <ReadinessView {...viewing} teams={[teamReadiness]} team={null} first next="c" />,
  "a team's readiness": (
    <ReadinessView
      {...viewing}
      teams={[teamReadiness]}
      team={hostile}
      first
      next={null}
      formErrors={{
        action: "save-readiness",
        values: { within: [hostile] },
        faults: [{ path: "within", message: hostile }],
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
  "sign in": <SignInView {...viewing} provider={null} next={hostile} />,
  "sign in at a provider": <SignInView {...viewing} provider={hostile} next={hostile} />,
  "leaving for the provider": <LeavingView to={hostile} />,
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

export const assets: AssetUrls = {
  stylesheet: "/assets/app.1.css",
  script: "/assets/app.2.js",
  icon: "data:image/svg+xml,x",
  drawnIcon: "/assets/icon.svg",
  touchIcon: "/assets/icon.png",
  largeIcon: "/assets/icon.png",
  manifest: "/assets/app.webmanifest",
};
export const shown = {
  title: "A page",
  assets,
  viewer,
  now,
  here: viewing.here,
  flash: { kind: "done", text: hostile },
} as const;
export const pages = Object.entries(contents).map(
  ([name, content]) => [name, frame({ ...shown, content }), content] as const,
);

/** Returns the visible text of a page. */
export const textOf = (html: unknown) =>
  String(html)
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
