/** Calls functions in-process, each with an API key of its own, as the function whose actions are recorded. */
import type { SQSBatchResponse, SQSRecord } from "aws-lambda";
import { expect, vi } from "vitest";
import { camelCase, findContracts } from "../../../infra/build/contracts.ts";
import { functionFiles } from "../../../infra/build/function-files.ts";
import type { Contract } from "../../../shared/contracts/contract.ts";
import { fillPath } from "../../../shared/contracts/path-template.ts";
import { sha256 } from "../../../shared/crypto/sha256.ts";
import type { KeyScope } from "../../../shared/domain/access/api-key.ts";
import { apiKeyStore } from "../../../shared/storage/access/api-key-store.ts";
import { anApiKey, unique } from "../builders.ts";
import { bodyExamples } from "../functions/body-examples.ts";
import { call, type HttpReply, type HttpRequest, handlerOf } from "../functions/lambda.ts";
import type { Recorder } from "../recorded-clients.ts";

/** Queues with a consumer. The last part of their URL is their name. */
const consumers = {
  Alerts: "correlate-alerts",
  IncidentEvents: "on-incident-event",
  IncidentTimers: "fire-timer",
  Notifications: "deliver-notification",
} as const;
type ConsumedQueue = keyof typeof consumers;
export const consumedQueues = Object.keys(consumers) as ConsumedQueue[];

interface DrivenRequest {
  readonly params?: Record<string, string>;
  readonly query?: string;
  /** Default: the first example of the endpoint. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Expected status. Default: any success. */
  readonly status?: number;
}

/** Sees each request of a scenario before it is sent. */
export interface Observer {
  /** @param request without credentials */
  request(name: string, contract: Contract, request: HttpRequest): Promise<void>;
  form(path: string, fields: FormFields): Promise<void>;
}

export type FormFields = Readonly<Record<string, string | readonly string[]>>;

export interface Driver {
  readonly recorder: Recorder;
  readonly observer: Observer | undefined;
  /** Functions that have run. */
  readonly driven: ReadonlySet<string>;
  /** Runs as a function, named in kebab case. */
  as<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** Sends a request to an endpoint. */
  send(name: string, request?: DrivenRequest): Promise<HttpReply>;
  /** Sends a request and returns the body of its response. */
  ask(name: string, request?: DrivenRequest): Promise<Record<string, string>>;
  /** Sends a request to a function without a contract. */
  sendTo(name: string, request: HttpRequest): Promise<HttpReply>;
  consume(queue: ConsumedQueue, Records: SQSRecord[]): Promise<SQSBatchResponse>;
  /** Processes all messages until no queue has a visible one. */
  pump(): Promise<void>;
  /** Runs scheduled functions: all, or those that are named. */
  sweep(...names: string[]): Promise<void>;
  wait(seconds: number): void;
  /** Creates a stored key. Default: with the scope admin. */
  createKey(scopes?: readonly KeyScope[]): Promise<string>;
}

export const urlOf = (queue: string) => `http://localhost/${queue}`;
export const queueOf = (url: string) => new URL(url).pathname.slice(1);

export async function createDriver(root: string, recorder: Recorder, observer?: Observer): Promise<Driver> {
  const files = functionFiles(root);
  const contracts = new Map((await findContracts(root)).map(({ contract, name }) => [name, contract]));
  const driven = new Set<string>();
  const keys = new Map<string, string>();
  const denied = new Set<string>();

  async function as<T>(name: string, run: () => Promise<T>): Promise<T> {
    recorder.become(camelCase(name));
    const result = await run();
    driven.add(camelCase(name));
    recorder.become("");
    return result;
  }

  function importHandler<H>(name: string): Promise<H> {
    const file = files.find((each) => each.name === name);
    if (!file) throw new Error(`No function ${name}`);
    const suffix = file.kind === "http" ? "" : `.${file.kind}`;
    return handlerOf<H>(`${file.folder}/${name}${suffix}`);
  }

  async function createKey(scopes: readonly KeyScope[] = ["admin"]): Promise<string> {
    const key = `ipk_${unique("k").padEnd(43, "0")}`;
    await apiKeyStore(recorder.stored).create(
      anApiKey({ name: unique("ops "), keyDigest: sha256(key), scopes }),
    );
    return key;
  }

  async function keyOf(name: string): Promise<string> {
    const key = keys.get(name) ?? (await createKey());
    keys.set(name, key);
    return key;
  }

  async function sendTo(name: string, request: HttpRequest): Promise<HttpReply> {
    const handler = await importHandler<Parameters<typeof call>[0]>(name);
    return as(name, () => call(handler, request));
  }

  async function send(
    name: string,
    { params = {}, query = "", body, headers, status }: DrivenRequest = {},
  ): Promise<HttpReply> {
    const contract = contracts.get(name);
    if (!contract) throw new Error(`No contract ${name}`);
    await denyOnce(name, contract, params);
    const given = body ?? bodyExamples[`${contract.method} ${contract.path}`]?.[0];
    const request = {
      method: contract.method,
      path: fillPath(contract.path, params),
      query,
      ...(given !== undefined && { body: given }),
      headers: { ...(contract.idempotent && { "idempotency-key": unique(name) }), ...headers },
    };
    if (status === undefined || contract.method === "GET") await observer?.request(name, contract, request);
    const reply = await sendTo(name, {
      ...request,
      headers: {
        ...(contract.right !== null && { authorization: `Bearer ${await keyOf(name)}` }),
        ...request.headers,
      },
    });
    if (status === undefined) expect(reply.status, `${name}: ${reply.text}`).toBeLessThan(400);
    else expect(reply.status, `${name}: ${reply.text}`).toBe(status);
    return reply;
  }

  /** Sends a request with a key that lacks the scope, the first time. The function records that it denied it. */
  async function denyOnce(name: string, contract: Contract, params: Record<string, string>): Promise<void> {
    if (contract.right === null || contract.right === "identify" || denied.has(name)) return;
    denied.add(name);
    const { status } = await sendTo(name, {
      method: contract.method,
      path: fillPath(contract.path, params),
      headers: { authorization: `Bearer ${await createKey([])}` },
    });
    expect(status, name).toBe(403);
  }

  async function consume(queue: ConsumedQueue, Records: SQSRecord[]): Promise<SQSBatchResponse> {
    const name = consumers[queue];
    const handler = await importHandler<(event: { Records: SQSRecord[] }) => Promise<SQSBatchResponse>>(name);
    return as(name, () => handler({ Records }));
  }

  return {
    recorder,
    observer,
    driven,
    as,
    send,
    sendTo,
    consume,
    createKey,
    ask: async (name, request) => (await send(name, request)).json<Record<string, string>>(),
    async pump() {
      for (let handled = true; handled; ) {
        handled = false;
        for (const queue of consumedQueues) {
          const waiting = recorder.queues.queue(urlOf(queue));
          const records = waiting.receive(10);
          if (records.length === 0) continue;
          handled = true;
          const { batchItemFailures } = await consume(queue, records);
          const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
          waiting.remove(records.filter(({ messageId }) => !failed.has(messageId)));
        }
      }
    },
    async sweep(...names) {
      for (const { name, kind } of files) {
        if (kind !== "schedule" || (names.length > 0 && !names.includes(name))) continue;
        const handler = await importHandler<() => Promise<void>>(name);
        await as(name, handler);
      }
    },
    wait(seconds) {
      vi.setSystemTime(Date.now() + seconds * 1_000);
    },
  };
}
