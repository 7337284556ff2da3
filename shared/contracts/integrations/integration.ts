import * as z from "zod";
import { Invalid } from "../../domain/errors.ts";
import {
  hidden,
  type Integration,
  type IntegrationActivity,
  type IntegrationError,
  shownSettings,
} from "../../domain/integrations/integration.ts";
import { limits } from "../../domain/limits.ts";
import { formatInstant } from "../../domain/time.ts";
import { integrationTypeNames, typeNamed } from "../../integrations/registry.ts";
import { faultsOf } from "../../validation/faults.ts";
import { id, instant, instantOrNull, line, parseAs, serviceName, teamName, text } from "../fields.ts";

export const integrationParams = z.object({ id });

const settings = z
  .record(text(1, limits.settingNameLength), z.unknown())
  .refine(
    (value) => new TextEncoder().encode(JSON.stringify(value)).length <= limits.integrationSettingsBytes,
    `must be at most ${limits.integrationSettingsBytes} bytes`,
  );

const changeable = {
  name: line(1, limits.integrationNameLength),
  service: serviceName.meta({ description: "Service its alerts belong to." }),
  team: teamName
    .nullable()
    .meta({ description: "Team that owns the service. Null keeps the current owner." }),
};

export const integrationInput = z
  .strictObject({
    ...changeable,
    type: z.enum(integrationTypeNames),
    team: changeable.team.default(null),
    settings: settings.default({}).meta({ description: "Additional settings of the type." }),
  })
  .transform((draft, context) => {
    const schema = typeNamed(draft.type)?.settings ?? z.strictObject({});
    const known = parseAs(z.object({ settings: schema }), { settings: draft.settings }, context);
    return { ...draft, settings: known.settings };
  });

export const integrationPatch = z
  .strictObject({
    ...changeable,
    settings: settings.meta({
      description:
        "Settings to change. Omitted settings stay unchanged, as do masked values that are sent back. Null removes one.",
    }),
  })
  .partial();

/** Returns the changes of a patch to an integration. Settings are checked as those of its type. @throws Invalid */
export function integrationChangesOf(
  { settings: sent, name, service, team }: z.output<typeof integrationPatch>,
  { type, settings: known }: Integration,
) {
  return {
    ...(name !== undefined && { name }),
    ...(service !== undefined && { service }),
    ...(team !== undefined && { team }),
    ...(sent !== undefined && { settings: changedSettings(type, known, sent) }),
  };
}

function changedSettings(type: string, known: Integration["settings"], sent: Integration["settings"]) {
  const changed = Object.entries(sent).filter(
    ([name, value]) => value !== hidden || shownSettings(known)[name] !== hidden,
  );
  const settings = Object.entries({ ...known, ...Object.fromEntries(changed) }).filter(
    ([, value]) => value !== null,
  );
  const schema = z.object({ settings: typeNamed(type)?.settings ?? z.strictObject({}) });
  const result = schema.safeParse({ settings: Object.fromEntries(settings) });
  if (result.success) return result.data.settings;
  throw new Invalid(faultsOf(result.error.issues, limits.faultsPerReply));
}

/** Documentation schema: a choice of types, each with its own settings. */
export const integrationDocs = z.union(
  integrationTypeNames.map((type) =>
    z.strictObject({
      ...integrationInput.in.shape,
      type: z.literal(type),
      settings: (typeNamed(type)?.settings ?? z.strictObject({})).optional(),
    }),
  ),
);

/** An endpoint for a monitoring system. */
export const integrationResource = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.string(),
    service: z.string(),
    settings: z.record(z.string(), z.unknown()),
    url: z.string().meta({ description: "URL for the client; `{key}` is a placeholder for the key." }),
    email_address: z.string().nullable().meta({
      description:
        "Address for the type `email`, with the same placeholder. Null for other types and without INBOUND_EMAIL_DOMAIN.",
    }),
    created_at: instant,
    rotated_at: instant.nullable(),
    last_event_at: instant.nullable(),
    event_count: z.number().meta({ description: "Delayed by some seconds." }),
    error_count: z.number(),
  })
  .meta({ id: "Integration" });

/** A rejected event of an integration, with the reason. */
export const integrationErrorResource = z
  .object({
    at: instant,
    status: z
      .number()
      .nullable()
      .meta({ description: "Response status; null if the rest of the request was accepted." }),
    message: z.string(),
    excerpt: z.string().meta({ description: "Start of the payload, without secrets." }),
  })
  .meta({ id: "IntegrationError" });

export function presentIntegrationError({
  at,
  status,
  message,
  excerpt,
}: IntegrationError): z.input<typeof integrationErrorResource> {
  return { at: formatInstant(at), status, message, excerpt };
}

/** Includes the key, which is shown only once, also in the URL and the address if it is part of them. */
export const integrationWithKey = integrationResource.extend({ key: z.string() });

/** Addresses at which the platform receives events. */
export interface PlatformAddress {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** Empty if it receives no email. */
  readonly emailDomain: string;
}

/** Returns where a client sends its events. @param key the key, or what stands for it */
export function endpointsOf(typeName: string, key: string, { baseUrl, emailDomain }: PlatformAddress) {
  const type = typeNamed(typeName);
  return {
    url: baseUrl + (type?.url ?? "/integrations/{key}").replace("{key}", key),
    emailAddress: type?.receivesEmail && emailDomain !== "" ? `${key}@${emailDomain}` : null,
  };
}

interface Shown {
  readonly integration: Integration;
  readonly activity: IntegrationActivity;
}

export function presentIntegration(
  { integration, activity }: Shown,
  platform: PlatformAddress,
  key = "{key}",
): z.input<typeof integrationResource> {
  const { id, name, type, service, settings, createdAt, rotatedAt } = integration;
  const { url, emailAddress } = endpointsOf(type, key, platform);
  return {
    id,
    name,
    type,
    service,
    settings: { ...shownSettings(settings) },
    url,
    email_address: emailAddress,
    created_at: formatInstant(createdAt),
    rotated_at: instantOrNull(rotatedAt),
    last_event_at: instantOrNull(activity.lastEventAt),
    event_count: activity.events,
    error_count: activity.errors,
  };
}

export function presentWithKey(
  { key, ...shown }: Shown & { readonly key: string },
  platform: PlatformAddress,
): z.input<typeof integrationWithKey> {
  return { ...presentIntegration(shown, platform, key), key };
}
