import * as z from "zod";
import type { AuditedResource } from "../domain/access/audit.ts";
import type { ServiceName } from "../domain/health.ts";

/** What a key must be allowed to do; null: no key is needed. */
export type Scope = "ingest" | "read" | "write" | "admin" | null;

/** One endpoint: what it takes and what it answers. Validation, types and OpenAPI follow from it. */
export interface Contract {
  /** Whose endpoint it is: the folder that it lies in. */
  readonly service: ServiceName | "system";
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With `{name}` for each parameter. */
  readonly path: string;
  readonly summary: string;
  readonly scope: Scope;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** What the body is where it is not JSON: its schema takes the text as it came. */
  readonly bodyType?: "application/x-www-form-urlencoded";
  /** It is ingestion: what of the body is not known is ignored. Everywhere else it is a fault. */
  readonly ingestion?: true;
  /**
   * Fields of the response that a body may repeat: they change nothing, so that a resource can be read, changed and
   * put back. One that names the resource, as the path does, has to agree with it.
   */
  readonly readOnly?: readonly string[];
  /** What the body looks like where its schema, being a program, can't say. */
  readonly bodyDocs?: z.ZodType;
  readonly status: 200 | 201 | 202;
  /** Null: it answers something else than JSON. */
  readonly response: z.ZodType | null;
  /** It answers people: with HTML, also when something is wrong. */
  readonly page?: true;
  /** Statuses with a meaning of their own here; those that any endpoint has need no mention. */
  readonly errors?: Readonly<Record<number, string>>;
  /** Other statuses that come with the very body of the response. */
  readonly sameBody?: Readonly<Record<number, string>>;
  /** What of the configuration it changes; each change goes to the audit log. */
  readonly audited?: AuditedResource;
  /** The function that answers it, where several endpoints share one; else that of its own name. */
  readonly answeredBy?: string;
  /** It creates something: a request with an Idempotency-Key can be repeated. */
  readonly idempotent?: true;
  /** Its response tells a secret that nobody is told again: a repeated request gets 409 with the id. */
  readonly secretOnce?: true;
}

const nothing = z.strictObject({}).optional();

/** What a request's body has to be: nothing, or an object without fields, where a change says nothing of it. */
export function bodySchemaOf({ method, body, ingestion, page }: Contract): z.ZodType | undefined {
  const isSilent = ingestion || page || method === "GET" || method === "DELETE";
  return body ?? (isSilent ? undefined : nothing);
}

export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}
