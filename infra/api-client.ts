/** API client whose requests and responses are typed by the contracts. */
import type * as z from "zod";
import type { Contract } from "../shared/contracts/contract.ts";
import { fillPath } from "../shared/contracts/path-template.ts";

type Input<S> = S extends z.ZodType ? z.input<S> : undefined;
type Output<C extends Contract> = C["response"] extends z.ZodType ? z.output<C["response"]> : undefined;

interface Arguments<C extends Contract> {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: Input<C["body"]>;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Call = <const C extends Contract>(contract: C, args?: Arguments<C>) => Promise<Output<C>>;

/** Thrown for a response other than the contract's. */
export class Refused extends Error {
  readonly status: number;
  readonly retryAfter: string | null;

  constructor(request: string, response: Response, body: string) {
    super(`${request} returned ${response.status}: ${body.slice(0, 500)}`);
    this.status = response.status;
    this.retryAfter = response.headers.get("retry-after");
  }
}

/** @param key sent as a bearer token, if given */
export function apiOf(baseUrl: string, key?: string): Call {
  return async (contract, { params = {}, query = {}, body, headers = {} } = {}) => {
    const path = fillPath(contract.path, params);
    const search = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, `${value}`]),
    );
    const response = await fetch(`${baseUrl}${path}?${search}`, {
      method: contract.method,
      headers: { ...(key && { authorization: `Bearer ${key}` }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    if (response.status !== contract.status) throw new Refused(`${contract.method} ${path}`, response, text);
    return contract.response?.parse(JSON.parse(text)) as Output<typeof contract>;
  };
}
