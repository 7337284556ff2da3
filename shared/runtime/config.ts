/** What functions read from their environment: a schema for each part, parsed when that part is first used. */
import * as z from "zod";
import { once } from "./once.ts";

const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== ""),
  );

/** `name:scope+scope:sha256`, as `printf %s "$KEY" | sha256sum` prints the digest. */
const apiKey = z
  .string()
  .regex(/^[^:]+:[a-z+]+:[0-9a-f]{64}$/, "must look like name:scope+scope:sha256")
  .transform((text) => {
    const [name = "", scopes = "", sha256 = ""] = text.split(":");
    return { name, scopes: scopes.split("+"), sha256 };
  });

function section<S extends z.ZodType>(schema: () => S): () => z.output<S> {
  return once(() => {
    const result = schema().safeParse(process.env);
    if (result.success) return result.data;
    throw new Error(`The environment is not complete:\n${z.prettifyError(result.error)}`);
  });
}

export const edgeConfig = /* @__PURE__ */ section(() =>
  z.object({
    STAGE: z.string().default("local"),
    AUTH: z.enum(["", "required"]).default(""),
    API_KEYS: list.pipe(z.array(apiKey)),
    PUBLIC_URL: z.union([z.literal(""), z.url()]).default(""),
    ALLOWED_HOSTS: list,
    CORS_ORIGINS: list,
  }),
);

export const logConfig = /* @__PURE__ */ section(() =>
  z.object({ LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info") }),
);

export const tableConfig = /* @__PURE__ */ section(() => z.object({ TABLE_NAME: z.string().min(1) }));

export const correlationConfig = /* @__PURE__ */ section(() =>
  z.object({ CORRELATION_WINDOW_SECONDS: z.coerce.number().positive().default(300) }),
);

export const ownershipConfig = /* @__PURE__ */ section(() =>
  z.object({ DEFAULT_TEAM: z.string().trim().toLowerCase().min(1).default("default") }),
);

export const pagingConfig = /* @__PURE__ */ section(() =>
  z.object({ FALLBACK_EMAIL: z.email().default("oncall@example.com") }),
);

const queueVariables = [
  "ALERTS_QUEUE_URL",
  "INCIDENT_EVENTS_QUEUE_URL",
  "NOTIFICATIONS_QUEUE_URL",
  "INCIDENT_TIMERS_QUEUE_URL",
] as const;
export type QueueVariable = (typeof queueVariables)[number];

export function queueUrl(variable: QueueVariable): string {
  return section(() => z.object({ [variable]: z.url() }))()[variable] as string;
}
