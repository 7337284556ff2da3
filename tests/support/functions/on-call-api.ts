/**
 * The API by method and path, served by the handlers of functions/ on real emulators, with a controllable
 * clock.
 */
import { afterEach, beforeAll, beforeEach, vi } from "vitest";
import { bySpecificity, pathPattern } from "../../../shared/contracts/path-template.ts";
import { monday, unique } from "../builders.ts";
import { functionsOnEmulators } from "../platform/functions-on-emulators.ts";
import { allEndpoints, call, type Endpoint, type HttpReply } from "./lambda.ts";

export interface Api {
  (line: string, body?: unknown, headers?: Record<string, string>): Promise<HttpReply>;
  /** Body of a response that must be 2xx. */
  // biome-ignore lint/suspicious/noExplicitAny: what comes back is what a test is about
  ok(line: string, body?: unknown, headers?: Record<string, string>): Promise<any>;
  /** Status of a rejected request, and the paths of its faults. */
  refusal(line: string, body?: unknown): Promise<{ status: number; paths: string[] }>;
}

/** `await api("GET /api/v1/teams?limit=1")`. Each test starts at `monday`. */
export function onCallApi(): Api {
  functionsOnEmulators();
  let endpoints: Endpoint[];
  beforeAll(async () => {
    endpoints = await allEndpoints();
  });
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: monday }));
  afterEach(() => void vi.useRealTimers());

  const api = async (line: string, body?: unknown, headers: Record<string, string> = {}) => {
    const [method = "", target = ""] = line.split(/ (.*)/s);
    const [path = "", query = ""] = target.split(/\?(.*)/s);
    const endpoint = endpoints
      .filter(({ contract }) => contract.method === method && pathPattern(contract.path).test(path))
      .toSorted((a, b) => bySpecificity(a.contract.path, b.contract.path))[0];
    if (!endpoint) throw new Error(`Nothing answers ${line}`);
    return call(endpoint.handler, { method, path, query, body, headers });
  };
  return Object.assign(api, {
    async ok(line: string, body?: unknown, headers?: Record<string, string>) {
      const reply = await api(line, body, headers);
      if (reply.status >= 300) throw new Error(`${line} returned ${reply.status}: ${reply.text}`);
      return reply.json();
    },
    async refusal(line: string, body?: unknown) {
      const reply = await api(line, body);
      const { errors = [] } = reply.json<{ errors?: { path: string }[] }>();
      return { status: reply.status, paths: errors.map(({ path }) => path) };
    },
  });
}

/** Returns a new team name. */
export const aTeam = () => unique("team-");

export const at = (text: string) => void vi.setSystemTime(new Date(text));
