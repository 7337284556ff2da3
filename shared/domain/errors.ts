/** A fault in the caller's input: location and description. */
export interface Fault {
  /** Dotted path into the body, or the name of a parameter; empty for the whole input. */
  readonly path: string;
  readonly message: string;
}

/** Base class of errors in domain terms, independent of transports. */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  readonly faults: readonly Fault[];

  constructor(message: string, faults: readonly Fault[] = []) {
    super(message);
    this.name = new.target.name;
    this.faults = faults;
  }
}

/** Thrown if a referenced resource does not exist. `kind` is its name in lower case. */
export class NotFound extends DomainError {
  readonly code = "not_found";

  constructor(kind: string, id: string) {
    super(`${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${JSON.stringify(id)} does not exist`);
  }
}

/** Thrown if well-formed input breaks a rule. Its message is the first fault and the number of the others. */
export class Invalid extends DomainError {
  readonly code = "invalid";

  constructor(faults: readonly Fault[], message = faultSummary(faults)) {
    super(message, faults);
  }
}

/** Returns a sentence without a period, such as "severity is required (and 1 more)". */
function faultSummary([first, ...others]: readonly Fault[]): string {
  if (!first) return "The request is invalid";
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  return `${first.path || "The request"} ${first.message}${more}`;
}

/** Thrown if a command is not allowed in the current state. */
export class Conflict extends DomainError {
  readonly code: string = "conflict";
}

/** Thrown if the same resource was changed concurrently. Read it again and retry. */
export class StaleVersion extends Conflict {
  override readonly code = "stale_version";
}

/** For `catch`: accepts that something else is stored by now. */
export function ignoreStale(error: unknown): void {
  if (!(error instanceof StaleVersion)) throw error;
}

/** Thrown if a resource to create already exists. */
export class AlreadyExists extends Conflict {
  override readonly code = "already_exists";
}

/** For `catch`: accepts that it exists. */
export function ignoreExisting(error: unknown): void {
  if (!(error instanceof AlreadyExists)) throw error;
}

/**
 * Thrown if a repeated request was already processed and its response contained a secret that is shown only
 * once.
 */
export class AlreadyCreated extends Conflict {
  override readonly code = "already_created";
  readonly id: string;

  constructor(id: string) {
    super(`The secret of ${id} was already shown and is shown only once. Rotate it to get a new one`);
    this.id = id;
  }
}

/** Thrown if a caller exceeds a limit, with the seconds until the next attempt. */
export class TooManyRequests extends DomainError {
  readonly code = "too_many_requests";
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Thrown if a dependency does not respond. */
export class Unavailable extends DomainError {
  readonly code = "unavailable";

  constructor(dependency: string, options?: { cause: unknown }) {
    super(`${dependency} is not available`);
    this.cause = options?.cause;
  }
}

/**
 * Thrown if the data of a form was changed since the form was loaded. The path names the field that shows the
 * error.
 */
export class EditConflict extends Conflict {
  override readonly code = "stale_version";

  constructor(path: string, message: string) {
    super("Someone else changed it in the meantime", [{ path, message }]);
  }
}

/** Thrown if a step cannot be done yet. Retry it at the given time (epoch milliseconds). */
export class RetryLater extends DomainError {
  readonly code = "not_yet";
  readonly retryAt: number;

  constructor(message: string, retryAt: number) {
    super(message);
    this.retryAt = retryAt;
  }
}
