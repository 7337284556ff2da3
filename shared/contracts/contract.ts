import * as z from "zod";
import type { KeyScope } from "../domain/access/api-key.ts";
import type { AuditedResource } from "../domain/access/audit.ts";
import { type Right, rights } from "../domain/access/rights.ts";
import type { ServiceName } from "../domain/health.ts";

/** An HTTP endpoint: its request and response. Validation, types, routes and OpenAPI derive from it. */
export interface Contract {
  /** Its tag in the OpenAPI document and its label in logs and metrics. */
  readonly service: ServiceName | "system";
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With `{name}` placeholders for parameters. */
  readonly path: string;
  /**
   * Methods that other endpoints have at the path of a GET, for the Allow header. The gateway routes all other methods to
   * the GET.
   */
  readonly otherMethods?: readonly ("POST" | "PUT" | "PATCH" | "DELETE")[];
  /** Imperative, as a title: "List incidents". */
  readonly summary: string;
  /** Details, in sentences. */
  readonly description?: string;
  /** Required right; null for public endpoints. */
  readonly right: Right | null;
  /**
   * Source of the team in which the right is needed: the parameter `team` of the path, or the resource. The use case
   * calls `authorize` with the resource before it changes anything. Absent: the endpoint changes what belongs to no team.
   */
  readonly team?: "path" | "resource";
  /** Paths of other endpoints that the path matches too, with their methods. No ID is equal to their last segment. */
  readonly otherPaths?: Readonly<Record<string, readonly string[]>>;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Type of a body that is not JSON, or is signed. Its schema receives the raw text. */
  readonly bodyType?: "application/x-www-form-urlencoded" | "application/json";
  /** Set for ingestion endpoints, which ignore unknown fields. All others reject them. */
  readonly ingestion?: true;
  /**
   * Response fields that a body may repeat without effect, so that a resource can be read, edited and sent
   * back. A field that names the resource must match the path.
   */
  readonly readOnly?: readonly string[];
  /** Schema for the documentation, if the actual schema cannot be converted. */
  readonly bodyDocs?: z.ZodType;
  readonly status: 200 | 201 | 202;
  /** Null if the response is not JSON. */
  readonly response: z.ZodType | null;
  /** Field with the items of a list that is also available as JSON lines. */
  readonly lines?: string;
  /** Set for endpoints for people, which always return HTML, also for errors. */
  readonly page?: true;
  /** Endpoint-specific error statuses. Common ones are not listed. */
  readonly errors?: Readonly<Record<number, string>>;
  /** Additional statuses with the same body as the success response. */
  readonly sameBody?: Readonly<Record<number, string>>;
  /** Resource whose changes are recorded in the audit log. */
  readonly audited?: AuditedResource;
  /** Set for creation: a request with an Idempotency-Key can be repeated. */
  readonly idempotent?: true;
  /**
   * Set if the response contains a secret that is shown only once. A repeated request gets 409 with the ID.
   */
  readonly secretOnce?: true;
}

/** Returns the scope that API keys need; null for endpoints that are public or need none. */
export function scopeOf({ right }: Pick<Contract, "right">): KeyScope | null {
  return right && rights[right].scope;
}

const nothing = z.strictObject({}).optional();

/** Returns the body schema: nothing or an empty object, unless a changing request defines one. */
export function bodySchemaOf({ method, body, ingestion, page }: Contract): z.ZodType | undefined {
  const isSilent = ingestion || page || method === "GET" || method === "DELETE";
  return body ?? (isSilent ? undefined : nothing);
}

/** Returns true for JSON reads, which reject unknown parameters. Browsers, calendar apps and providers add their own. */
export function hasStrictQuery({ method, page, response }: Contract): boolean {
  return method === "GET" && !page && response !== null;
}

export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}
