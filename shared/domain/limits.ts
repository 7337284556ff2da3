/** Named limits of the platform. Sizes are bytes of UTF-8 unless the name says otherwise. */
export const limits = {
  bodyBytes: 512 * 1024,
  /** Maximum size of a stored alert. A DynamoDB item can have up to 400 KiB. */
  alertBytes: 256 * 1024,
  jsonDepth: 32,
  alertsPerBatch: 100,
  labelsPerAlert: 64,
  labelNameLength: 128,
  labelValueLength: 2_048,
  /** Edited labels in an event of an incident, and the length of their values there. */
  labelsPerEvent: 20,
  labelExcerptLength: 255,
  serviceLength: 255,
  teamLength: 255,
  dedupKeyLength: 255,
  messageLength: 2_000,
  sourceLength: 255,
  titleLength: 255 + 2_000 + 16,
  descriptionLength: 10_000,
  noteLength: 10_000,
  serviceLinks: 10,
  serviceDescriptionLength: 2_000,
  linkTextLength: 100,
  /** Links of an incident, and the characters of all of them. Each change of the incident writes them. */
  incidentLinks: 10,
  incidentLinksLength: 4_096,
  personNameLength: 255,
  emailLength: 254,
  /** Maximum length of a requested ID. No real ID is that long. */
  idLength: 255,
  /** DynamoDB's limit. */
  sortKeyBytes: 1_024,
  /** Faults per response, and per alert in a batch. Further faults appear once these are fixed. */
  faultsPerReply: 100,
  faultsPerAlert: 5,
  faultPathLength: 128,
  idempotencyKeyLength: 255,
  idempotencySeconds: 86_400,
  /** Incoming text messages have no time in their signature, so that a captured one could be sent again later. */
  smsRepeatSeconds: 365 * 86_400,
  /** Limit of the provider of text messages. */
  smsLength: 1_600,
  requestIdLength: 128,
  pageSize: 200,
  defaultPageSize: 50,
  /** Items that a filtered list reads before it returns its results so far and a cursor. */
  candidatesPerPage: 1_000,
  /** Approximate size of the items of a page. A Lambda response can have up to 6 MiB. */
  pageBytes: 3 * 1024 * 1024,
  /**
   * Size of the alerts, notes and events embedded in an incident, each. The rest is available in the lists.
   */
  embeddedBytes: 512 * 1024,
  embeddedAlerts: 100,
  /** Latest events, and as many notes and notifications, in a timeline. */
  timelineEntries: 200,
  /** Pending events of one incident while the queue is unavailable. */
  pendingEvents: 100,
  membersPerLayer: 100,
  layersPerSchedule: 20,
  restrictionsPerLayer: 20,
  /** Hours in the urgency of a service or a routing rule. */
  urgencyHours: 20,
  /** Maximum units per shift. */
  rotationLength: 1_000,
  rulesPerPolicy: 20,
  targetsPerRule: 100,
  policyRepeats: 20,
  escalationDelaySeconds: 86_400,
  overrideHours: 168,
  /** Current and upcoming overrides of a team. */
  overridesToCome: 500,
  /** Longest range of a shift query, in days. */
  shiftsDays: 400,
  /** Starts and ends of shifts, restrictions and overrides in a shift query. Two months can have one every minute. */
  shiftSteps: 100_000,
  statsWindowDays: 90,
  /** Maximum message delay of SQS. */
  queueDelaySeconds: 900,
  addressLength: 2_048,
  /** Length of a chat channel name. */
  chatNameLength: 80,
  contactMethods: 20,
  pushDevices: 10,
  pushDeviceNameLength: 100,
  /** Time after the expiry of a message's receipt in which a browser can renew its subscription with it. */
  pushRenewalSeconds: 90 * 86_400,
  notificationRules: 50,
  notificationDelaySeconds: 43_200,
  teamChannels: 20,
  webhooksPerTeam: 20,
  webhookDescriptionLength: 1_000,
  /** Length of a provider's response in the attempt log. */
  attemptDetailLength: 500,
  /** Labels and recent changes that a notification repeats, names of those paged next, and lengths of their texts. */
  messageLabels: 10,
  messageLabelLength: 200,
  messageChanges: 3,
  messageChangeLength: 200,
  messageHrefLength: 500,
  messageNames: 5,
  /** Receipts of a notification. Further ones are not recorded. */
  receiptsPerNotification: 20,
  /** Time in which a call can be answered and keys be pressed. */
  callSeconds: 3_600,
  /** Time in which a provider accepts a call. */
  callAcceptSeconds: 15,
  /** Time from a call or text message until its provider is asked for a missing report. A phone rings for 30 seconds. */
  reportSeconds: 90,
  /** Pages in a bundle. Further ones are in the next. */
  bundledPages: 100,
  apiKeyNameLength: 128,
  /** Assignments of roles in a team, and in all teams. */
  rolesPerTeam: 100,
  /** Maximum time that a removed role still works, because of caches. */
  roleCacheSeconds: 30,
  /** Teams that a key is limited to. */
  teamsPerKey: 50,
  /** Maximum time that a revoked key still works, because of caches. */
  apiKeyCacheSeconds: 10,
  /** Minimum interval between updates of a key's last use. */
  apiKeyUseSeconds: 3_600,
  /** Alerts in one request of a monitoring system. */
  alertsPerNotice: 2_000,
  integrationNameLength: 128,
  settingNameLength: 64,
  /** Maximum time that a rotated or deleted key still works, because of caches. */
  integrationCacheSeconds: 10,
  integrationSettingsBytes: 16 * 1024,
  /** Time for which an integration's events are deduplicated by the sender's event ID. */
  integrationEventSeconds: 86_400,
  /**
   * Errors of an integration that are shown, and that are stored per minute; time for which they are kept.
   */
  integrationErrors: 20,
  integrationErrorSeconds: 14 * 86_400,
  integrationExcerptLength: 500,
  /** Retention of a service's changes, and the number shown per incident. */
  changeSeconds: 30 * 86_400,
  changesOfIncident: 20,
  /** Changes within this time before an incident are shown as possible causes. */
  changesBeforeSeconds: 86_400,
  changeSummaryLength: 1_024,
  changeLinks: 10,
  changeDetailsBytes: 4 * 1024,
  /** Size of the state before, and after, an audited change. */
  auditedBytes: 64 * 1024,
  auditedPathLength: 1_024,
  /** Length of an IPv6 address with the notation of IPv4 at its end. */
  ipAddressLength: 45,
  /** Default retention of the audit log. */
  auditDays: 400,
  /** Sign-ins and denied requests of an actor that are recorded per minute, of each kind. */
  accessEventsPerMinute: 10,
  /** Entries that are sealed in one transaction, which may have 100 items. */
  sealedAtOnce: 40,
  /** Entries waiting for their seal that a verification takes into account. */
  unsealedEntries: 5_000,
  /** Lifetime of links in messages. */
  linkSeconds: 3 * 86_400,
  /** Lifetime of a code that links an account at a chat service, and the codes that an account can try per hour. */
  linkCodeSeconds: 900,
  linkAttempts: 5,
  /** Lifetime of a code that verifies a contact method, wrong entries that end it, and codes of a person per hour. */
  codeSeconds: 900,
  codeAttempts: 5,
  codesPerHour: 10,
  /** Minimum interval between codes to one contact method. */
  codeIntervalSeconds: 30,
  /** People of a team whose readiness is shown, and teams of a page of it. */
  readinessPeople: 100,
  readinessTeams: 25,
  /** Time in which a drill has to be answered. */
  drillSeconds: 1_800,
  /** Minimum interval between records of a person's last answer. */
  answerSeconds: 60,
  /** Length of a text that an identity provider provisions, and email addresses of a person. */
  scimTextLength: 1_000,
  scimFilterLength: 4_000,
  scimEmails: 20,
  /** Operations of one SCIM request, and members of a group. Each change of a member changes an account. */
  scimOperations: 1_000,
  scimGroupMembers: 1_000,
  /** People, and groups, that SCIM lists count. Each list reads their IDs. */
  scimResources: 10_000,
  scimPageSize: 200,
  /** Characters of a page. A response of AWS Lambda can have 6 MB. */
  scimPageLength: 2_000_000,
  /** Lifetime of a web session. */
  sessionSeconds: 12 * 3_600,
  /** Maximum time that a session still works after it was ended elsewhere, because of caches. */
  accountCacheSeconds: 30,
  /** Time for signing in at the identity provider. */
  signInSeconds: 600,
  /** Age of a message of the identity provider that sessions have ended. */
  logoutTokenSeconds: 300,
  /** Tolerated difference between the clocks of the identity provider and the platform. */
  clockSkewSeconds: 60,
  /** Groups of a person, and the length of their names. Further groups are ignored. */
  groupsOfPerson: 200,
  groupNameLength: 255,
  /** ID token that is stored for signing out at the provider. */
  idTokenBytes: 16 * 1024,
  /** Former emails of a person at which they still answer. */
  formerEmails: 5,
  /** Sessions of a person that ended early and are stored one by one. */
  endedSessionsOfAccount: 20,
  routingRules: 200,
  ruleNameLength: 255,
  matchersPerRule: 20,
  fieldNameLength: 7 + 128,
  groupFields: 10,
  /** Maximum window of grouping and flap detection. */
  ruleWindowSeconds: 86_400,
  flapSwings: 20,
  /**
   * Length of a regular expression, and size of its compiled program. The worst match takes a third of a
   * second.
   */
  patternLength: 1_000,
  patternSteps: 1_000,
  /** Length of the regular expressions of all rules together. Compiling them takes about a tenth of a second. */
  routingPatternLength: 10_000,
  /** Program size of all rules together. A silence has the same limit as a single expression. */
  routingPatternSteps: 20_000,
  /**
   * Size of all rules together: one item, read up to once per second and stored completely in the audit log.
   */
  routingBytes: 60 * 1024,
  /** Latest incidents of a service that are checked for inhibition. */
  inhibitors: 50,
  /** Firing alerts with keys in one grouped incident. Further ones open the next incident. */
  groupedAlerts: 80,
  /** People and teams in one request for responders, and people of all requests of an incident. */
  respondersPerRequest: 20,
  responders: 50,
  responderMessageLength: 1_000,
  /** Incidents merged into one, directly or before: their keys lead to it over at most as many steps. */
  mergedIncidents: 50,
  /** Firing alerts with keys that an incident can have after a merge. */
  mergedAlerts: 160,
  shortestSnoozeSeconds: 60,
  longestSnoozeSeconds: 604_800,
  /** Current and upcoming silences. */
  silencesToCome: 200,
  silenceDays: 3_660,
  /** A silence from chat, where anyone of the workspace can create one. */
  chatSilenceDays: 7,
  /** Retention of expired silences. */
  silenceKeptSeconds: 90 * 86_400,
  /** Size of a silence's matchers. All silences are read up to once per second. */
  silenceBytes: 8 * 1024,
  windowsPerSilence: 20,
  commentLength: 1_000,
  /** Alerts, and periods of activity, in the preview of a silence or of routing rules. */
  previewedAlerts: 20,
  previewedPeriods: 5,
  /** Sizes of compiled regular expressions times lengths of texts, in all comparisons of a preview. */
  previewMatchSteps: 6_000_000,
  /** Longest message of Amazon SNS: 256 KiB. */
  snsMessageLength: 262_144,
  /** Characters of the text, attachments named, and message IDs, of a received email. */
  emailTextLength: 64 * 1024,
  emailAttachments: 10,
  emailRecipients: 10,
  emailReferences: 50,
  heartbeatNameLength: 255,
  heartbeatSeconds: 31 * 86_400,
} as const;
