/**
 * Settings that functions read from their environment. Each section has a schema and is parsed on first use.
 * Channel settings are defined with each channel.
 */
import * as z from "zod";
import { lazy } from "../caching/lazy.ts";
import { keyScopes } from "../domain/access/api-key.ts";
import { teamRoles } from "../domain/access/roles.ts";
import { limits } from "../domain/limits.ts";
import { faultsOf } from "../validation/faults.ts";
import { list, withoutSlash } from "../validation/settings.ts";

const stage = z.string().default("local");

/** `name:scope+scope:sha256`, with the digest from `printf %s "$KEY" | sha256sum`. */
const apiKey = z
  .string()
  .regex(/^[^:]+:[a-z+]+:[0-9a-f]{64}$/, "must have the form name:scope+scope:sha256")
  .transform((text) => {
    const [name = "", scopes = "", sha256 = ""] = text.split(":");
    const given = scopes.split("+");
    return { name, scopes: keyScopes.filter((scope) => given.includes(scope)), teams: null, sha256 };
  });

/** URL without a trailing slash; empty for none. */
const publicUrl = z
  .union([z.literal(""), z.url()], "must be a URL")
  .default("")
  .transform(withoutSlash);

/** Compared with the provider's own spelling, so that a slash at its end counts. Empty for none. */
const issuer = z.union([z.literal(""), z.url({ protocol: /^https?$/ })], "must be a URL").default("");

/**
 * Signing keys, newest first. An unresolved parameter name is rejected, because it would be a guessable key.
 */
const signingKeys = (minimum: number) =>
  list.pipe(
    z.array(
      z
        .string()
        .min(minimum, `each must have at least ${minimum} characters`)
        .refine((key) => !key.startsWith("ssm:"), "must be a single ssm:/path"),
    ),
  );

/** Parses its section once. `faultsIn` returns the faults of an environment. */
interface Section<T> {
  (): T;
  faultsIn(env: NodeJS.ProcessEnv): string[];
}

/* @__NO_SIDE_EFFECTS__ */
export function section<S extends z.ZodType>(schema: () => S): Section<z.output<S>> {
  const read = lazy(() => {
    const result = schema().safeParse(process.env);
    if (result.success) return result.data;
    throw new Error(`Settings are invalid:\n${describe(result.error).join("\n")}`);
  });
  const faultsIn = (env: NodeJS.ProcessEnv) => {
    const { error } = schema().safeParse(env);
    return error ? describe(error) : [];
  };
  return Object.assign(read, { faultsIn });
}

/** Returns a line per fault: `SMTP_URL: must be a URL`. Values are left out, because many are secrets. */
function describe({ issues }: z.ZodError): string[] {
  return faultsOf(issues, issues.length).map(({ path, message }) => `${path.split(".")[0]}: ${message}`);
}

export const edgeConfig = section(() =>
  z.object({
    STAGE: stage,
    AUTH: z.enum(["", "required"]).default(""),
    OIDC_ISSUER: issuer,
    API_KEYS: list.pipe(z.array(apiKey)),
    PUBLIC_URL: publicUrl,
    ALLOWED_HOSTS: list,
    CORS_ORIGINS: list,
    RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).default(0),
  }),
);

/** Settings of people's access. */
export const accessConfig = section(() =>
  z.object({
    ADMIN_EMAILS: list.pipe(
      z.array(z.string().toLowerCase().pipe(z.email("must be a comma-separated list of email addresses"))),
    ),
    OIDC_DEFAULT_ROLE: z
      .enum(["", ...teamRoles], "must be empty or one of viewer, responder, manager")
      .default("viewer")
      .transform((role) => (role === "" ? null : role)),
  }),
);

export const oidcConfig = section(() =>
  z.object({
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: z.string().trim().default(""),
    OIDC_SCOPES: z
      .string()
      .regex(/(^|\s)openid(\s|$)/, "must contain openid")
      .default("openid profile email"),
    OIDC_GROUPS_CLAIM: z.string().trim().min(1).default("groups"),
    OIDC_NAME: z.string().trim().min(1).max(40).default("single sign-on"),
    OIDC_TRUST_EMAIL: z.enum(["", "on"]).default(""),
    OIDC_EMAIL_DOMAINS: list.transform((domains) => domains.map((each) => each.toLowerCase())),
  }),
);

/** Only the functions that talk to the identity provider have it. */
export const oidcSecretConfig = section(() =>
  z.object({ OIDC_CLIENT_SECRET: z.string().trim().default("") }),
);

export const linkConfig = section(() =>
  z.object({
    STAGE: stage,
    PUBLIC_URL: publicUrl,
    HTTP_PORT: z.string().default("8080"),
    SIGNING_SECRET: signingKeys(32),
  }),
);

export const slackActionConfig = section(() =>
  z.object({
    STAGE: stage,
    SLACK_SIGNING_SECRET: signingKeys(1),
    SLACK_TEAM_ID: z
      .string()
      .regex(/^(T[A-Z0-9]{1,31})?$/, "must be the ID of a workspace, like T0123456789")
      .default(""),
  }),
);

export const telegramConfig = section(() => z.object({ TELEGRAM_WEBHOOK_SECRET: signingKeys(16) }));

export const telegramBotConfig = section(() =>
  z.object({
    TELEGRAM_BOT_NAME: z
      .string()
      .regex(/^\w{0,64}$/, "must be a user name without @")
      .default(""),
  }),
);

export const twilioConfig = section(() =>
  z.object({ PUBLIC_URL: publicUrl, TWILIO_AUTH_TOKEN: z.string().trim().default("") }),
);

export const vonageConfig = section(() => z.object({ VONAGE_SIGNATURE_SECRET: signingKeys(8) }));

export const channelsConfig = section(() => z.object({ CONFIGURED_CHANNELS: list }));

/** Base64url of 65 bytes; empty for none. */
export const pushConfig = section(() => z.object({ VAPID_PUBLIC_KEY: z.string().default("") }));

/** Returns the public key with which browsers subscribe to push; null if push is not configured. */
export const pushKey = () => pushConfig().VAPID_PUBLIC_KEY || null;

export const logConfig = section(() =>
  z.object({ LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info") }),
);

export const tableConfig = section(() =>
  z.object({ TABLE_NAME: z.string().min(1), SHARDING: z.enum(["", "on"]).default("") }),
);

/** 0 or unset keeps items permanently. */
const keptDays = z.coerce.number().int().min(0).max(36_500).default(0);

export const retentionConfig = section(() =>
  z.object({
    ALERT_RETENTION_DAYS: keptDays,
    NOTIFICATION_RETENTION_DAYS: keptDays,
    EVENT_RETENTION_DAYS: keptDays,
  }),
);

export const auditConfig = section(() =>
  z.object({ AUDIT_RETENTION_DAYS: keptDays.default(limits.auditDays) }),
);

export const correlationConfig = section(() =>
  z.object({ CORRELATION_WINDOW_SECONDS: z.coerce.number().positive().default(300) }),
);

export const ownershipConfig = section(() =>
  z.object({ DEFAULT_TEAM: z.string().trim().toLowerCase().min(1).default("default") }),
);

/** People are known by their email in lower case. */
export const pagingConfig = section(() =>
  z.object({ FALLBACK_EMAIL: z.email().toLowerCase().default("oncall@example.com") }),
);

/** That of `z.regexes` would add all others to the bundles. */
const domainName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/i;

export const inboundEmailConfig = section(() =>
  z.object({
    INBOUND_EMAIL_DOMAIN: z
      .union([z.literal(""), z.string().regex(domainName), z.literal("localhost")], "must be a domain name")
      .default(""),
    INBOUND_EMAIL_TOPIC_ARN: z
      .union(
        [z.literal(""), z.string().regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w.-]{1,256}$/)],
        "must be the ARN of an SNS topic",
      )
      .default(""),
  }),
);

export const stormConfig = section(() =>
  z.object({
    PAGES_PER_QUARTER_HOUR: z.coerce.number().int().min(1).default(10),
    PAGE_BUNDLING_SECONDS: z.coerce.number().int().min(0).max(600).default(60),
  }),
);

export const outboundConfig = section(() =>
  z.object({
    STAGE: stage,
    OUTBOUND_ALLOW: list.pipe(
      z.array(
        z.union(
          [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
          "must be an IP address or a network like 10.0.0.0/8",
        ),
      ),
    ),
  }),
);

const queueVariables = [
  "ALERTS_QUEUE_URL",
  "INCIDENT_EVENTS_QUEUE_URL",
  "NOTIFICATIONS_QUEUE_URL",
  "NOTIFICATIONS_DEAD_LETTER_QUEUE_URL",
  "INCIDENT_TIMERS_QUEUE_URL",
  "TELEMETRY_QUEUE_URL",
  "ALERTS_DEAD_LETTER_QUEUE_URL",
  "INCIDENT_EVENTS_DEAD_LETTER_QUEUE_URL",
  "INCIDENT_TIMERS_DEAD_LETTER_QUEUE_URL",
] as const;
export type QueueVariable = (typeof queueVariables)[number];

export function queueUrl(variable: QueueVariable): string {
  return section(() => z.object({ [variable]: z.url() }))()[variable] as string;
}
