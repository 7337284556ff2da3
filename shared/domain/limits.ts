/** Every limit of the platform, by name. Sizes in bytes of UTF-8 unless the name says otherwise. */
export const limits = {
  bodyBytes: 512 * 1024,
  /** What one alert may weigh once stored: a DynamoDB item holds 400 KiB. */
  alertBytes: 256 * 1024,
  jsonDepth: 32,
  alertsPerBatch: 100,
  labelsPerAlert: 64,
  labelNameLength: 128,
  labelValueLength: 2_048,
  serviceLength: 255,
  teamLength: 255,
  dedupKeyLength: 255,
  messageLength: 2_000,
  sourceLength: 255,
  titleLength: 255 + 2_000 + 16,
  descriptionLength: 10_000,
  noteLength: 10_000,
  personNameLength: 255,
  emailLength: 254,
  /** Of an id that somebody asks for; none is as long. */
  idLength: 255,
  /** What DynamoDB takes. */
  sortKeyBytes: 1_024,
  /** Faults named in a reply, and of each alert in a batch; the rest waits until these are mended. */
  faultsPerReply: 100,
  faultsPerAlert: 5,
  faultPathLength: 128,
  idempotencyKeyLength: 255,
  idempotencySeconds: 86_400,
  requestIdLength: 128,
  pageSize: 200,
  defaultPageSize: 50,
  /** Items a filtered list looks at before it answers with what it found and a cursor. */
  candidatesPerPage: 1_000,
  /** What the items of one page may weigh, about: a Lambda answers with 6 MiB at most. */
  pageBytes: 3 * 1024 * 1024,
  /** What each of an incident's alerts, notes and events may weigh inside of it; the rest is behind the lists. */
  embeddedBytes: 512 * 1024,
  embeddedAlerts: 100,
  /** The latest events, and as many notes and notifications, that make up a timeline. */
  timelineEntries: 200,
  /** Changes of one incident that wait to be published while the queue is away. */
  pendingEvents: 100,
  membersPerLayer: 100,
  layersPerSchedule: 20,
  restrictionsPerLayer: 20,
  /** Units that one shift may last. */
  rotationLength: 1_000,
  rulesPerPolicy: 20,
  targetsPerRule: 100,
  policyRepeats: 20,
  escalationDelaySeconds: 86_400,
  overrideHours: 168,
  /** Overrides of a team that are in force or to come. */
  overridesToCome: 500,
  /** The longest span of shifts that one may ask for. */
  shiftsDays: 400,
  statsWindowDays: 90,
  /** The longest that SQS delays a message. */
  queueDelaySeconds: 900,
  addressLength: 2_048,
  /** Of a chat's channel that is meant by name. */
  chatNameLength: 80,
  contactMethods: 20,
  notificationRules: 50,
  notificationDelaySeconds: 43_200,
  teamChannels: 20,
  webhooksPerTeam: 20,
  webhookDescriptionLength: 1_000,
  /** Of a provider's answer, kept with the attempt. */
  attemptDetailLength: 500,
  /** Pages that a bundle names; further ones it counts. */
  bundledPages: 100,
  apiKeyNameLength: 128,
  /** How long a key that was revoked may still be let in, by whoever knew it. */
  apiKeyRememberedSeconds: 10,
  /** That a key was used is noted once in so long. */
  apiKeyUseSeconds: 3_600,
  /** Of one notice of a monitoring system. */
  alertsPerNotice: 2_000,
  integrationNameLength: 128,
  /** How long a key that was rotated or deleted may still be let in, by whoever knew it. */
  integrationRememberedSeconds: 10,
  integrationSettingsBytes: 16 * 1024,
  /** How long an event of an integration is known again by the name that its sender gave it. */
  integrationEventSeconds: 86_400,
  /** Errors of an integration that are shown, and that are kept a minute; for how long. */
  integrationErrors: 20,
  integrationErrorSeconds: 14 * 86_400,
  integrationExcerptLength: 500,
  /** How long a change of a service is kept, and how many of them an incident shows. */
  changeSeconds: 30 * 86_400,
  changesOfIncident: 20,
  /** Before an incident opened: what was changed until then may be why. */
  changesBeforeSeconds: 86_400,
  changeSummaryLength: 1_024,
  changeLinks: 10,
  changeDetailsBytes: 4 * 1024,
  /** Of what was before a change of configuration, and after it. */
  auditedBytes: 64 * 1024,
  auditedPathLength: 1_024,
  /** How long the audit log is kept, unless a setting says otherwise. */
  auditDays: 400,
  /** How long the links in a message lead somewhere. */
  linkSeconds: 3 * 86_400,
  /** How long somebody stays signed in. */
  sessionSeconds: 12 * 3_600,
  routingRules: 200,
  ruleNameLength: 255,
  matchersPerRule: 20,
  fieldNameLength: 7 + 128,
  groupFields: 10,
  /** The longest that a window of grouping or flapping lasts. */
  ruleWindowSeconds: 86_400,
  flapSwings: 20,
  /** Of a regular expression, and of the program that it becomes: the worst match takes a third of a second. */
  patternLength: 1_000,
  patternSteps: 1_000,
  /** Of the programs of a whole list of rules; those of one silence are as many as those of one expression. */
  routingPatternSteps: 20_000,
  /** What the rules weigh together: one item, read as often as once a second; the audit log holds them whole. */
  routingBytes: 60 * 1024,
  /** Of a service's latest incidents, those among which one is looked for that hides an alert. */
  inhibitors: 50,
  /** Keyed alerts that still fire in one grouped incident; further ones open the next. */
  groupedAlerts: 80,
  /** Silences in force or to come. */
  silencesToCome: 200,
  silenceDays: 3_660,
  /** How long one that is over can still be read. */
  silenceKeptSeconds: 90 * 86_400,
  /** What the matchers of one weigh together: all silences are read as often as once a second. */
  silenceBytes: 8 * 1024,
  windowsPerSilence: 20,
  commentLength: 1_000,
  heartbeatNameLength: 255,
  heartbeatSeconds: 31 * 86_400,
} as const;
