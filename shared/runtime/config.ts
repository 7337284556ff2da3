/** What functions read from their environment: a schema for each part, parsed when that part is first used. */
import * as z from "zod";
import { lazy } from "../caching/lazy.ts";
import { readDestinations } from "../channels/chat/destinations.ts";
import { limits } from "../domain/limits.ts";

const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== ""),
  );

const stage = z.string().default("local");

/** `name:scope+scope:sha256`, as `printf %s "$KEY" | sha256sum` prints the digest. */
const apiKey = z
  .string()
  .regex(/^[^:]+:[a-z+]+:[0-9a-f]{64}$/, "must look like name:scope+scope:sha256")
  .transform((text) => {
    const [name = "", scopes = "", sha256 = ""] = text.split(":");
    return { name, scopes: scopes.split("+"), sha256 };
  });

/** Without a slash at its end; empty for none. */
const publicUrl = z
  .union([z.literal(""), z.url()])
  .default("")
  .transform(withoutSlash);

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

/** Keys to sign with, the newest first. The name of a parameter in their place would be a key that can be guessed. */
const signingKeys = (minimum: number) =>
  list.pipe(
    z.array(
      z
        .string()
        .min(minimum, `each must have at least ${minimum} characters`)
        .refine((key) => !key.startsWith("ssm:"), "must be one ssm:/path, loaded before it is used"),
    ),
  );

/** Reads its part once; `faultsIn` says what is wrong with it in an environment. */
interface Section<T> {
  (): T;
  faultsIn(env: NodeJS.ProcessEnv): string | undefined;
}

/* @__NO_SIDE_EFFECTS__ */
function section<S extends z.ZodType>(schema: () => S): Section<z.output<S>> {
  const read = lazy(() => {
    const result = schema().safeParse(process.env);
    if (result.success) return result.data;
    throw new Error(`The environment is not complete:\n${z.prettifyError(result.error)}`);
  });
  const faultsIn = (env: NodeJS.ProcessEnv) => {
    const { error } = schema().safeParse(env);
    return error && z.prettifyError(error);
  };
  return Object.assign(read, { faultsIn });
}

export const edgeConfig = section(() =>
  z.object({
    STAGE: stage,
    AUTH: z.enum(["", "required"]).default(""),
    API_KEYS: list.pipe(z.array(apiKey)),
    PUBLIC_URL: publicUrl,
    ALLOWED_HOSTS: list,
    CORS_ORIGINS: list,
    RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).default(0),
  }),
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
  z.object({ STAGE: stage, SLACK_SIGNING_SECRET: signingKeys(1) }),
);

export const logConfig = section(() =>
  z.object({ LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info") }),
);

export const tableConfig = section(() => z.object({ TABLE_NAME: z.string().min(1) }));

/** 0 and nothing at all: for good. */
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

export const pagingConfig = section(() =>
  z.object({ FALLBACK_EMAIL: z.email().default("oncall@example.com") }),
);

export const stormConfig = section(() =>
  z.object({ PAGES_PER_QUARTER_HOUR: z.coerce.number().int().min(1).default(10) }),
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

export const emailConfig = section(() =>
  z.object({
    SMTP_URL: z
      .union(
        [z.literal(""), z.url({ protocol: /^smtps?$/ })],
        "must look like smtp://user:password@host:port",
      )
      .default(""),
    SMTP_FROM: z
      .string()
      .regex(
        /^([^<>@\p{Cc}]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/u,
        "must look like Name <name@example.com>",
      )
      .default("Incidents <incidents@example.com>"),
  }),
);

/** The destinations of a chat channel; see `readDestinations`. */
const destinations = list.transform((items, context) => {
  const read = readDestinations(items);
  if (read) return read;
  context.addIssue("must list URLs by commas, each alone or as name=https://…");
  return z.NEVER;
});

export const slackConfig = section(() => z.object({ SLACK_WEBHOOK_URL: destinations }));

export const discordConfig = section(() => z.object({ DISCORD_WEBHOOK_URL: destinations }));

export const teamsConfig = section(() => z.object({ TEAMS_WEBHOOK_URL: destinations }));

const webUrl = z.url({ protocol: /^https?$/ }).transform(withoutSlash);
/** What may stand in a header. */
const printable = z
  .string()
  .regex(/^[\x20-\x7e]*$/, "must have no characters but printable ASCII")
  .default("");

export const smsConfig = section(() =>
  z
    .object({
      TWILIO_BASE_URL: webUrl.default("https://api.twilio.com"),
      TWILIO_ACCOUNT_SID: printable,
      TWILIO_AUTH_TOKEN: printable,
      TWILIO_FROM: printable,
    })
    .refine(
      ({ TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token, TWILIO_FROM: from }) =>
        sid === "" || (token !== "" && from !== ""),
      "TWILIO_ACCOUNT_SID needs TWILIO_AUTH_TOKEN and TWILIO_FROM",
    ),
);

/** `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks has it. */
const webhookKey = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, "must be whsec_ and base64")
  .transform((text) => Buffer.from(text.slice("whsec_".length), "base64"))
  .refine(({ length }) => length >= 24 && length <= 64, "must be of 24 to 64 bytes");

export const webhookConfig = section(() => z.object({ WEBHOOK_SECRETS: list.pipe(z.array(webhookKey)) }));

export const ntfyConfig = section(() =>
  z.object({ NTFY_URL: z.union([z.literal(""), webUrl]).default(""), NTFY_TOKEN: printable }),
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
