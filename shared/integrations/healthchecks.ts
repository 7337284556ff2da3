/** Healthchecks.io's webhook, with the body from docs/integrations.md or only `$JSON`. */

import * as z from "zod";
import type { MonitoringEvent } from "../domain/integrations/monitoring-event.ts";
import { parseInstant } from "../domain/time.ts";
import type { IntegrationContext } from "../use-cases/ports/integration-context.ts";
import { read } from "./common/read.ts";
import { refusePlainly } from "./common/refuse-plainly.ts";
import { severitySetting } from "./common/severity-setting.ts";
import type { Inbound, IntegrationType, Reply } from "./integration-type.ts";

const settings = z.strictObject({ severity: severitySetting });

const text = z.string().nullish().catch(undefined);
const word = z.string().min(1).nullish().catch(undefined);

/** A check as in Healthchecks' own API. */
const checkJson = z.object({
  uuid: word,
  unique_key: word,
  ping_url: word,
  slug: word,
  name: text,
  tags: text,
  desc: text,
  status: word,
});
const body = checkJson.extend({
  id: z.union([z.string(), z.number()]).transform(String).nullish(),
  at: text,
  check: checkJson.nullish().catch(undefined),
});
type Check = z.output<typeof checkJson>;

const actions: Readonly<Record<string, MonitoringEvent["action"]>> = {
  down: "trigger",
  up: "resolve",
  grace: "resolve",
};
/** States of a check that cause no event. */
const quiet = ["new", "paused", "started"];
const status = z
  .string("must be up or down")
  .transform((value) => value.trim().toLowerCase())
  .refine((value) => Object.hasOwn(actions, value) || quiet.includes(value), "must be up or down");

export const healthchecks = {
  title: "Healthchecks.io",
  url: "/integrations/{key}",
  setUp: `POST {url}
Content-Type: application/json

{"id":"$CODE","status":"$STATUS","at":"$NOW","check":$JSON}`,
  settings,
  routes: [
    {
      method: "POST",
      path: "",
      handle: (inbound, context) => take(contentOf(inbound), context),
    },
    {
      method: "PUT",
      path: "",
      handle: (inbound, context) => take(contentOf(inbound), context),
    },
    // The default URL parameters: ?id=$CODE&status=$STATUS&name=$NAME
    {
      method: "GET",
      path: "",
      handle: ({ query }, context) => take(Object.fromEntries(query), context),
    },
  ],
  refuse: refusePlainly,
} satisfies IntegrationType;

async function take(content: unknown, context: IntegrationContext): Promise<Reply> {
  const { severity } = settings.parse(context.integration.settings);
  await context.take(eventsOf(read(body, content), severity));
  return { status: 200, body: { status: "accepted" } };
}

function eventsOf(
  { check, ...stated }: z.output<typeof body>,
  severity: MonitoringEvent["severity"],
): MonitoringEvent[] {
  // The template has the status of this notification. The check's status may have changed since.
  const state = read(status, stated.status ?? check?.status, "status");
  const action = actions[state];
  const id = stated.id || idOf(stated) || (check && idOf(check));
  const name = stated.name?.trim() || check?.name?.trim() || undefined;
  const dedupKey = read(z.string("is required").min(1), id, "id");
  if (action === undefined) return [];
  return [
    {
      action,
      message: `${name ?? dedupKey} is ${state}`,
      severity,
      dedupKey,
      timestamp: parseInstant(stated.at ?? ""),
      labels: {
        check: name,
        tags: stated.tags || check?.tags || undefined,
        description: stated.desc || check?.desc || undefined,
      },
    },
  ];
}

/** Returns the same value as `$CODE`, if the API key can see it. */
function idOf({ uuid, ping_url: pingUrl, unique_key: uniqueKey, slug }: Check): string | undefined {
  return (uuid || /([\da-f-]{36})$/i.exec(pingUrl ?? "")?.[1] || uniqueKey || slug) ?? undefined;
}

/**
 * Reads the body template. Healthchecks inserts `$TAGS` and `$NAME` unescaped, so a quote breaks the JSON.
 * The fields are then found by their delimiters.
 *
 * @throws Unreadable
 */
function contentOf({ json, body }: Inbound): unknown {
  try {
    return json();
  } catch (error) {
    const fields = { id: field(body, "id"), status: field(body, "status") };
    if (!fields.id || !fields.status) throw error;
    return { ...fields, name: field(body, "name"), tags: field(body, "tags"), at: field(body, "at") };
  }
}

const end = /^(.*?)"\s*(?:,\s*"(?:id|name|status|tags|at|check)"\s*:|\}\s*$)/s;
/** No valid template is longer. */
const templateLength = 20_000;

/** Returns the text between `"name":"` and the next field or the end. */
function field(body: string, name: string): string | undefined {
  const text = body.slice(0, templateLength);
  const start = new RegExp(String.raw`"${name}"\s*:\s*"`).exec(text);
  const value = start && end.exec(text.slice(start.index + start[0].length))?.[1];
  if (value === null || value === undefined) return undefined;
  try {
    return String(JSON.parse(`"${value}"`)).toWellFormed();
  } catch {
    return value;
  }
}
