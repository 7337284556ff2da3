/** Valid request bodies for endpoints that change configuration or incidents. */

const ada = { name: "Ada", email: "ada@example.com" };
const hours = [
  { type: "daily", start: "00:00", end: "04:00" },
  { type: "weekly", start_day: "monday", start: "09:00", end_day: "friday", end: "17:00" },
];
const simplePlan = {
  rotation_type: "weekly",
  members: [{ ...ada, role: "primary" }],
  handoff_day: "monday",
};
const layeredPlan = {
  timezone: "Europe/Berlin",
  rotation_type: "custom",
  layers: [
    {
      name: "days",
      role: "primary",
      rotation: { unit: "day", length: 1, starts_on: "2026-11-23" },
      members: [ada],
      restrictions: hours.slice(1),
    },
  ],
};
const method = { id: "mail", channel: "email", address: "ada@example.com" };
const span = { from: "2026-11-23T00:00:00Z", to: "2026-11-30T00:00:00Z" };
const context = { actor: "Ada", note: "on it" };
const alert = { service: "checkout", severity: "high", message: "down" };
const matchers = [{ field: "labels.env", op: "=", value: "test" }];

const rules = [
  {
    name: "all",
    matchers,
    group: { by: ["labels.cluster"], window_seconds: 60 },
    flapping: { swings: 3, window_seconds: 900 },
  },
];

/** Bodies by method and path, covering every optional object. */
export const bodyExamples: Readonly<Record<string, readonly object[]>> = {
  "PATCH /api/v1/heartbeats/{id}": [{ name: "backup" }],
  "PATCH /api/v1/integrations/{id}": [{ name: "disks", team: "payments" }],
  "PATCH /api/v1/incidents/{id}": [
    { note: "on it", assigned_to: ada },
    { service: "search", urgency: "low", description: "since the deployment" },
  ],
  "PATCH /api/v1/incidents/{id}/acknowledge": [context],
  "PATCH /api/v1/incidents/{id}/resolve": [context],
  "PATCH /api/v1/schedules/{team}": [{ timezone: "UTC" }],
  "PATCH /api/v1/silences/{id}": [{ comment: "later", matchers, duration_seconds: 7_200 }],
  "PATCH /api/v1/teams/{team}/webhooks/{webhook}": [{ enabled: true }],
  "POST /api/v1/escalate": [{ team: "payments", incident_id: "1" }],
  "POST /api/v1/heartbeats": [{ name: "backup", service: "ledger", interval_seconds: 60 }],
  "POST /api/v1/incidents": [{ title: "down", service: "checkout", severity: "high", assigned_to: ada }],
  "POST /api/v1/incidents/{id}/merge": [{ into: 1, note: "the same outage" }],
  "POST /api/v1/incidents/{id}/snooze": [{ seconds: 3_600, ...context }, { until: "next_working_morning" }],
  "POST /api/v1/incidents/{id}/unacknowledge": [context],
  "POST /api/v1/incidents/{id}/reopen": [context],
  "POST /api/v1/incidents/{id}/responders": [{ emails: ["ada@example.com"], message: "Do you know this?" }],
  "POST /api/v1/incidents/{id}/notes": [{ content: "on it" }],
  "POST /api/v1/integrations": [
    { name: "disks", type: "generic", service: "storage", settings: { mapping: { message: "title" } } },
    { name: "topic", type: "sns", service: "storage", settings: {} },
    { name: "events", type: "pagerduty", service: "storage", settings: {} },
  ],
  "POST /api/v1/keys": [
    { name: "ci", scopes: ["read"] },
    { name: "deploy", scopes: ["write"], teams: ["payments"] },
    { name: "emergency", scopes: ["admin"], break_glass: true },
  ],
  "PUT /api/v1/roles": [
    {
      roles: [
        { role: "admin", email: "ada@example.com" },
        { role: "responder", group: "sre" },
      ],
    },
  ],
  "PUT /api/v1/teams/{team}/roles": [{ roles: [{ role: "manager", email: "bob@example.com" }] }],
  "POST /api/v1/notify": [{ incident_id: "1", recipient: "ada@example.com", message: "down", metadata: {} }],
  "POST /api/v1/oncall/override": [
    { team: "payments", user_name: "Ada", user_email: "ada@example.com", duration_hours: 2 },
  ],
  "POST /api/v1/routing-rules/preview": [{ rules }],
  "POST /api/v1/schedules": [
    { team: "payments", ...simplePlan },
    { team: "payments", ...layeredPlan },
  ],
  "POST /api/v1/schedules/preview": [
    { ...simplePlan, ...span },
    { ...layeredPlan, ...span },
  ],
  "POST /api/v1/silences": [
    { comment: "nights", matchers, recurring: { timezone: "UTC", windows: hours } },
    { comment: "now", matchers, duration_seconds: 60 },
  ],
  "POST /api/v1/silences/preview": [{ matchers, recurring: { timezone: "UTC", windows: hours } }],
  "POST /api/v1/simulate": [{ ...alert, labels: {} }],
  "POST /api/v1/teams/{team}/webhooks": [{ url: "https://example.com/hook" }],
  "PUT /api/v1/routing-rules": [{ rules }],
  "PUT /api/v1/schedules/{team}": [simplePlan, layeredPlan],
  "PUT /api/v1/services/{service}": [
    {
      team: "payments",
      acknowledgement_timeout_seconds: 1_800,
      runbook_url: "https://wiki.example.com/checkout",
      links: [{ text: "Dashboard", href: "https://grafana.example.com/d/checkout" }],
      description: "Takes orders.",
      urgency: {
        timezone: "Europe/Berlin",
        hours: [{ type: "weekly", start_day: "monday", start: "09:00", end_day: "friday", end: "17:00" }],
        inside: "high",
        outside: "by_severity",
        raise: true,
      },
    },
    { team: "payments", urgency: "low" },
  ],
  "PUT /api/v1/teams/{team}/channels": [{ channels: [{ ...method, events: ["triggered"] }] }],
  "PUT /api/v1/teams/{team}/escalation-policy": [
    {
      rules: [
        {
          targets: [
            { type: "schedule", role: "primary" },
            { type: "user", email: "ada@example.com" },
          ],
          delay_seconds: 300,
        },
      ],
    },
  ],
  "POST /api/v1/users/{email}/push-subscriptions": [
    {
      endpoint: "https://push.example.com/send/ada",
      keys: {
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth: "BTBZMqHH6r4Tts7J_aSIgg",
      },
      expirationTime: null,
      name: "Firefox on Android",
    },
  ],
  "POST /api/v1/users/{email}/contact-methods/{id}/verification": [{}],
  "PUT /api/v1/teams/{team}/readiness": [{ within_seconds: 300, channels: 2, drill: "weekly" }],
  "POST /receipts/{token}": [{}],
  "PUT /api/v1/users/{email}": [
    {
      name: "Ada",
      contact_methods: [method],
      notification_rules: [{ contact_method_id: "mail", delay_seconds: 0 }],
    },
  ],
};
