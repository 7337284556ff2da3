/** What many operations share. */
import { limits } from "../../../shared/domain/limits.ts";

const requestId = {
  description: "Taken from the request or made; finds the request in the logs.",
  schema: { type: "string", maxLength: limits.requestIdLength, pattern: "^[\\x21-\\x7e]+$" },
};

export const parameters = {
  RequestId: {
    name: "X-Request-ID",
    in: "header",
    required: false,
    description:
      `Finds the request in the logs: at most ${limits.requestIdLength} visible characters of ASCII. ` +
      "One is made in place of any other.",
    schema: { type: "string" },
  },
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description:
      "The same key and body within 24 hours give the same reply, another body gives 409. Where the reply tells a " +
      "secret once, a repetition creates nothing and gives 409 `already_created` with the id.",
    schema: { type: "string", maxLength: limits.idempotencyKeyLength },
  },
};

export const headers = {
  RequestId: requestId,
  Location: {
    description: "Where to find what was created.",
    schema: { type: "string", format: "uri-reference" },
  },
};

export const problemSchema = {
  type: "object",
  description: "RFC 9457, and what helps to repair a request.",
  required: ["type", "title", "status", "code", "detail", "request_id"],
  properties: {
    type: { type: "string", format: "uri" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string", examples: ["invalid", "not_found", "stale_version"] },
    detail: { type: "string" },
    id: { type: "string", description: "With `already_created`: what the request created before." },
    errors: {
      type: "array",
      description: "What is wrong, and where.",
      items: {
        type: "object",
        required: ["path", "message"],
        properties: { path: { type: "string" }, message: { type: "string" } },
      },
    },
    request_id: { type: "string" },
  },
};

const retryAfter = {
  "Retry-After": { description: "Seconds to wait.", schema: { type: "integer" } },
};

export const problemResponses = {
  Problem400: problem("The body is not JSON, or not what its Content-Encoding says"),
  Problem401: problem("A valid key is required"),
  Problem403: problem("The key lacks the scope, or this host or origin may not call"),
  Problem404: problem("There is no such thing"),
  Problem409: problem("Conflicts with the state, or the Idempotency-Key came with another body"),
  Problem413: problem(`The body weighs more than ${limits.bodyBytes / 1024} KiB, after decompression`),
  Problem415: problem("The Content-Encoding is neither gzip nor deflate"),
  Problem422: problem("Well-formed but not valid"),
  // Where the gateway says so itself, without a body.
  Problem429: { ...problem("The key is used too often, or the gateway altogether"), headers: retryAfter },
  Problem503: { ...problem("Something the platform stands on does not answer"), headers: retryAfter },
  default: problem("Whatever else goes wrong"),
};

function problem(description: string) {
  return {
    description,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}
