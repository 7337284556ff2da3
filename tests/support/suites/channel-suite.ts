/** Contract tests for all channels, against servers with configurable responses. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Channel } from "../../../shared/channels/channel-type.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { PermanentFailure, TemporaryFailure } from "../../../shared/domain/notifications/delivery.ts";
import type { Notification } from "../../../shared/domain/notifications/notification.ts";
import type { OutgoingMessage } from "../../../shared/domain/notifications/outgoing-message.ts";
import { createHttp, type HttpClient } from "../../../shared/outbound/http.ts";
import { Unreachable } from "../../../shared/outbound/unreachable.ts";
import { monday } from "../builders.ts";
import { anOutgoingMessage, someLinks } from "../outgoing-message.ts";
import {
  type Answer,
  type Behaviour,
  deadEnd,
  type ReceivedRequest,
  startProvider,
} from "../platform/provider-server.ts";

/** Timeout for servers that respond, on busy machines too. */
export const patientMs = 9_000;
/** Timeout for servers that do not respond. */
export const shortTimeoutMs = 200;

/** Alert texts with special and malicious content. */
const hostileTexts: Readonly<Record<string, string>> = {
  markup: `<script>alert(1)</script> "quoted" 'single' & <b>bold</b> *bold* _it_ [text](https://evil.example)`,
  "line breaks": "first\r\nBcc: mallory@example.com\r\n\r\nbody\u2028more",
  "marks that turn text around": "abc \u202Egnp.exe\u202C \u2067right\u2069",
  "a word of 2,000 characters": "W".repeat(2_000),
  "2,000 characters of four bytes": "🚨".repeat(2_000),
  "2,000 characters to escape": "&".repeat(2_000),
  "half characters": "\ud83d half \udea8",
  nothing: " \n ",
};

export interface Trial {
  readonly channel: Channel;
  /** The channel with the timeout `shortTimeoutMs`. */
  readonly impatient: Channel;
  readonly address: string;
  /** The channel with a provider that refuses connections. */
  readonly deadEnd: { readonly channel: Channel; readonly address: string };
  /** Returns everything received so far, as texts. */
  received(): readonly string[];
  close(): Promise<void>;
}

export interface ChannelSuite<T extends Trial> {
  start(): Promise<T>;
  /** A success response, and the stored detail. */
  readonly accepted: { readonly arrange: (trial: T) => void; readonly detail: string };
  /** Temporary failures by name. */
  readonly temporary: Readonly<Record<string, (trial: T) => void>>;
  readonly permanent: Readonly<Record<string, (trial: T) => void>>;
  readonly hanging: Readonly<Record<string, (trial: T) => void>>;
  /** Responses of a provider that echoes everything it knows. */
  readonly indiscreet: readonly ((trial: T) => void)[];
  /** Secrets in its configuration. */
  readonly secrets: readonly string[];
  /** Maximum size of a message. */
  readonly maxBytes: number;
}

export function channelSuite<T extends Trial>(suite: ChannelSuite<T>): () => T {
  let trial: T;
  beforeAll(async () => {
    trial = await suite.start();
  });
  afterAll(() => trial.close());

  const deliver = (fields: Partial<Notification> = {}): Promise<{ readonly detail: string }> =>
    trial.channel.deliver(anOutgoingMessage({ address: trial.address, ...fields }));

  test("an accepted message records the provider's response", async () => {
    suite.accepted.arrange(trial);
    expect(await deliver()).toEqual({ detail: suite.accepted.detail });
  });

  test.each(Object.entries(suite.temporary))("%s passes", async (_, arrange) => {
    arrange(trial);
    const failure = await failureOf(deliver());
    expect(failure).toBeInstanceOf(TemporaryFailure);
    expect(failure).not.toBeInstanceOf(Unreachable);
  });

  test.each(Object.entries(suite.permanent))("%s stays", async (_, arrange) => {
    arrange(trial);
    expect(await failureOf(deliver())).toBeInstanceOf(PermanentFailure);
  });

  test.each(Object.entries(suite.hanging))("a provider that %s is given up in time", async (_, arrange) => {
    arrange(trial);
    const { impatient, address } = trial;
    const failure = await failureOf(impatient.deliver(anOutgoingMessage({ address })));
    expect(failure).toBeInstanceOf(Unreachable);
    expect(failure.message).toBe(`no response within ${shortTimeoutMs / 1_000} s`);
  });

  test("a provider that refuses connections may be there later", async () => {
    const { channel, address } = trial.deadEnd;
    const failure = await failureOf(channel.deliver(anOutgoingMessage({ address })));
    expect(failure).toBeInstanceOf(Unreachable);
    expect(failure.message).toBe("no response: ECONNREFUSED");
  });

  test("no secret is in what is kept, whatever the provider repeats", async () => {
    const secrets = [...suite.secrets, ...Object.values(someLinks).map((url) => url.split("/").at(-1))];
    for (const arrange of suite.indiscreet) {
      arrange(trial);
      const kept = await deliver().then(
        ({ detail }) => detail,
        ({ message }: Error) => message,
      );
      for (const secret of secrets) expect(kept).not.toContain(secret);
      expect(kept.length).toBeLessThanOrEqual(limits.attemptDetailLength);
    }
  });

  test.each(Object.entries(hostileTexts))("%s in a text arrives, and within bounds", async (_, message) => {
    suite.accepted.arrange(trial);
    const before = trial.received().length;
    const about = { title: message, service: message.slice(0, 255), team: message.slice(0, 255) };
    await trial.channel.deliver(anOutgoingMessage({ address: trial.address, message }, { incident: about }));
    const arrived = trial.received().slice(before);
    expect(arrived).toHaveLength(1);
    expect(Buffer.byteLength(arrived[0] ?? "")).toBeLessThanOrEqual(suite.maxBytes);
  });

  return () => trial;
}

export interface HttpTrial extends Trial {
  readonly requests: readonly ReceivedRequest[];
  behave(behaviour: Behaviour): void;
  deliver(message: OutgoingMessage): Promise<ReceivedRequest>;
}

export interface HttpChannelSuite {
  /** @param url the provider's URL without a trailing slash */
  make(http: HttpClient, url: string): { readonly channel: Channel; readonly address: string };
  readonly accepted: { readonly answer: Answer; readonly detail: string };
  readonly permanent?: Readonly<Record<string, Answer>>;
  /** 2xx responses whose body reports an error; "unread" if only the status counts. */
  readonly refusals: Refusals | "unread";
  readonly secrets: readonly string[];
  readonly maxBytes: number;
}

interface Refusals {
  readonly temporary: Readonly<Record<string, Answer>>;
  readonly permanent: Readonly<Record<string, Answer>>;
}

/** Bodies that are failures for every channel that reads them. */
const commonRefusals: Refusals = {
  temporary: {
    "a 200 with a login page": {
      status: 200,
      headers: { "content-type": "text/html" },
      body: "<p>Sign in</p>",
    },
    "a 200 with a page without a type": { status: 200, body: "<!DOCTYPE html><title>Proxy</title>" },
    "a 200 with a text of an error": { status: 200, body: "upstream connect error" },
    "a 202 with an error in JSON": { status: 202, body: '{"error":"try again"}' },
    "a 200 with an error by number": { status: 200, body: '{"error":1}' },
    "a 200 with errors by field": { status: 200, body: '{"errors":{"text":["too long"]}}' },
    "a 200 that says it was no success": { status: 200, body: '{"success":false}' },
    "a 200 that names a 503": { status: 200, body: '{"error":"overloaded","status":503}' },
    "a 200 that names a 429": { status: 200, body: '{"errors":["slow down"],"statusCode":429}' },
  },
  permanent: {
    "a 200 that names a 404": { status: 200, body: '{"error":"unknown","http":404}' },
  },
};

/** Responses without an error. */
const acceptances: readonly Answer[] = [
  { status: 200 },
  { status: 204 },
  { status: 200, body: "{}" },
  { status: 200, body: '{"ok":true,"success":true,"error":null,"errors":[]}' },
  ...[0, "0", false, "false", "", "none", {}, []].map((none) => ({
    status: 200,
    body: JSON.stringify({ error: none, errors: none }),
  })),
  // Longer than the part that is read.
  { status: 200, body: JSON.stringify({ id: "x", message: "m".repeat(100_000) }) },
];

/** Contract tests for HTTP channels, which treat statuses and Retry-After alike. */
export function httpChannelSuite(suite: HttpChannelSuite): () => HttpTrial {
  const behaves = (behaviour: Behaviour) => (trial: HttpTrial) => trial.behave(behaviour);
  const statuses = (list: readonly number[]) =>
    Object.fromEntries(list.map((status) => [`a ${status}`, behaves({ status, body: "no" })]));
  const repeating =
    (status: number) =>
    ({ path, headers, body }: ReceivedRequest): Answer => ({
      status,
      body: `POST ${path} ${JSON.stringify(headers)} ${body} ${decodeURIComponent(path)}`,
    });

  const named = (answers: Readonly<Record<string, Answer>>) =>
    Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, behaves(answer)]));
  const refusals = suite.refusals === "unread" ? null : suite.refusals;

  const trialOf = channelSuite<HttpTrial>({
    start: () => startHttpTrial(suite),
    accepted: { arrange: behaves(suite.accepted.answer), detail: suite.accepted.detail },
    temporary: {
      ...statuses([408, 425, 429, 500, 502, 503, 504]),
      ...(refusals && named({ ...commonRefusals.temporary, ...refusals.temporary })),
    },
    permanent: {
      ...statuses([400, 401, 403, 404, 410, 413, 422]),
      ...named(suite.permanent ?? {}),
      ...(refusals && named({ ...commonRefusals.permanent, ...refusals.permanent })),
    },
    hanging: { hangs: behaves("hangs"), trickles: behaves("trickles") },
    indiscreet: [200, 302, 400, 500].map((status) => behaves(repeating(status))),
    secrets: suite.secrets,
    maxBytes: suite.maxBytes,
  });

  const failure = (answer: Answer) => {
    const trial = trialOf();
    trial.behave(answer);
    return failureOf(trial.channel.deliver(anOutgoingMessage({ address: trial.address })));
  };

  test.each([
    { header: "7", seconds: 7 },
    { header: "0.4", seconds: 1 },
    { header: new Date(monday + 90_000).toUTCString(), seconds: 90 },
    { header: new Date(monday - 90_000).toUTCString(), seconds: 0 },
    { header: "soon", seconds: null },
  ])("a Retry-After of $header is $seconds seconds", async ({ header, seconds }) => {
    for (const status of [429, 503]) {
      const failed = await failure({ status, headers: { "retry-after": header } });
      expect(failed).toMatchObject({ code: "temporary_failure", retryAfterSeconds: seconds });
    }
  });

  test.each([301, 302, 303, 307, 308])("a redirect (%i) is not followed", async (status) => {
    const trial = trialOf();
    const before = trial.requests.length;
    const failed = await failure({ status, headers: { location: "/elsewhere" } });
    expect(failed).toBeInstanceOf(PermanentFailure);
    expect(trial.requests.length).toBe(before + 1);
  });

  test.each(
    refusals
      ? acceptances
      : [...acceptances, ...Object.values({ ...commonRefusals.temporary, ...commonRefusals.permanent })],
  )("an answer of $status without a reported error is a success", async (answer) => {
    const trial = trialOf();
    trial.behave(answer);
    const { detail } = await trial.channel.deliver(anOutgoingMessage({ address: trial.address }));
    expect(detail).toMatch(new RegExp(`^${answer.status}\\b`));
  });

  test("a connection that is cut may hold later", async () => {
    const trial = trialOf();
    trial.behave("resets");
    const delivery = trial.channel.deliver(anOutgoingMessage({ address: trial.address }));
    expect(await failureOf(delivery)).toBeInstanceOf(Unreachable);
  });

  return trialOf;
}

async function startHttpTrial(suite: HttpChannelSuite): Promise<HttpTrial> {
  const provider = await startProvider();
  const httpWithin = (timeoutMs: number) =>
    createHttp({ allowPrivate: true, allowedNetworks: [], timeoutMs });
  const http = httpWithin(patientMs);
  const { channel, address } = suite.make(http, provider.url);
  return {
    channel,
    impatient: suite.make(httpWithin(shortTimeoutMs), provider.url).channel,
    address,
    deadEnd: suite.make(http, `http://${deadEnd}`),
    requests: provider.requests,
    received: () => provider.requests.map(({ body }) => body),
    behave: provider.behave,
    async deliver(message) {
      provider.behave(suite.accepted.answer);
      await channel.deliver({ ...message, notification: { ...message.notification, address } });
      const request = provider.requests.at(-1);
      if (!request) throw new Error("Nothing arrived");
      return request;
    },
    close: provider.close,
  };
}

/** Returns the error of a promise. The test fails if it resolves. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    (value) => new Error(`did not fail but answered ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof Error) return outcome;
  throw new Error("Something else than an error was thrown");
}

/** Returns all texts in a JSON value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
