import { DomainError } from "../domain/errors.ts";

/** Thrown if a body is not valid JSON. */
export class Unreadable extends DomainError {
  readonly code = "unreadable";
}

/** Thrown if a request has no key or an unknown one. */
export class Unauthenticated extends DomainError {
  readonly code = "unauthenticated";
}

/** Thrown if a foreign page calls a local platform without keys. */
export class Forbidden extends DomainError {
  readonly code = "forbidden";
}

/** Thrown if the path exists, but not with that method. */
export class MethodNotAllowed extends DomainError {
  readonly code = "method_not_allowed";
  readonly allowed: readonly string[];

  constructor(method: string, allowed: readonly string[]) {
    super(`${method} is not allowed. Allowed: ${allowed.join(", ")}`);
    this.allowed = allowed;
  }
}

/** Thrown if the path does not exist. */
export class NoSuchPath extends DomainError {
  readonly code = "not_found";
}

/** Thrown if a link in a message has expired. */
export class LinkExpired extends DomainError {
  readonly code = "link_expired";
}

/** Thrown if a form was not sent from the visitor's own page. */
export class ForeignForm extends DomainError {
  readonly code = "foreign_form";
}

/** Thrown if a required setting is missing. */
export class NotSetUp extends DomainError {
  readonly code = "not_set_up";
}

/** Thrown if a body is too large. */
export class TooLarge extends DomainError {
  readonly code = "too_large";
}

/** Thrown if the headers are too large. */
export class HeadersTooLarge extends DomainError {
  readonly code = "headers_too_large";
}

/** Thrown if a body has an unsupported content encoding. */
export class UnknownEncoding extends DomainError {
  readonly code = "unknown_encoding";
}

/** Thrown if a request exceeds its time limit. */
export class TimedOut extends DomainError {
  readonly code = "unavailable";

  constructor() {
    super("The request timed out and can be sent again");
  }
}

/** Thrown if an Idempotency-Key is reused with another body. */
export class KeyReused extends DomainError {
  readonly code = "idempotency_key_reused";
}
