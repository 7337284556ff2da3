import { DomainError } from "../domain/errors.ts";

/** Thrown when a body is not JSON. */
export class Unreadable extends DomainError {
  readonly code = "unreadable";
}

/** Thrown when a request carries no key, or one that is not known. */
export class Unauthenticated extends DomainError {
  readonly code = "unauthenticated";
}

/** Thrown when a key does not reach that far, or a page of somebody else's calls an open local platform. */
export class Forbidden extends DomainError {
  readonly code = "forbidden";
}

/** Thrown when the path exists, but not with that method. */
export class MethodNotAllowed extends DomainError {
  readonly code = "method_not_allowed";
  readonly allowed: readonly string[];

  constructor(method: string, allowed: readonly string[]) {
    super(`${method} is not allowed here; ${allowed.join(", ")} is`);
    this.allowed = allowed;
  }
}

/** Thrown when there is nothing at a path. */
export class NoSuchPath extends DomainError {
  readonly code = "not_found";
}

/** Thrown when a link in a message has led somewhere for as long as it should. */
export class LinkExpired extends DomainError {
  readonly code = "link_expired";
}

/** Thrown when a form is not one that this visitor's own pages have sent. */
export class ForeignForm extends DomainError {
  readonly code = "foreign_form";
}

/** Thrown when a setting is missing that what was asked for can't do without. */
export class NotSetUp extends DomainError {
  readonly code = "not_set_up";
}

/** Thrown when a body weighs more than the platform takes. */
export class TooLarge extends DomainError {
  readonly code = "too_large";
}

/** Thrown when a body has a content encoding that is not supported. */
export class UnknownEncoding extends DomainError {
  readonly code = "unknown_encoding";
}

/** Thrown when a key is used more often than it may; in so many seconds it may again. */
export class TooManyRequests extends DomainError {
  readonly code = "too_many_requests";
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Thrown when the time of a request is over before it is answered. */
export class TimedOut extends DomainError {
  readonly code = "unavailable";

  constructor() {
    super("The request took too long; it may be sent again");
  }
}

/** Thrown when an Idempotency-Key comes again with another body. */
export class KeyReused extends DomainError {
  readonly code = "idempotency_key_reused";
}
