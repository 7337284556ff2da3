/** One fault in what a caller sent: where it is and what is wrong there. */
export interface Fault {
  /** Dotted path into the body, or the name of a parameter; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** What went wrong, in the platform's own words; knows nothing of transports. */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  readonly faults: readonly Fault[];

  constructor(message: string, faults: readonly Fault[] = []) {
    super(message);
    this.name = new.target.name;
    this.faults = faults;
  }
}

/** Thrown when what a caller names does not exist. */
export class NotFound extends DomainError {
  readonly code = "not_found";

  constructor(kind: string, id: string) {
    super(`No ${kind} ${JSON.stringify(id)}`);
  }
}

/** Thrown when well-formed input breaks a rule. */
export class Invalid extends DomainError {
  readonly code = "invalid";

  constructor(faults: readonly Fault[], message = "The request is well-formed but not valid") {
    super(message, faults);
  }
}

/** Thrown when a command does not fit the state of what it addresses. */
export class Conflict extends DomainError {
  readonly code: string = "conflict";
}

/** Thrown when somebody else changed the same thing in between; reading again and retrying is right. */
export class StaleVersion extends Conflict {
  override readonly code = "stale_version";
}

/** Thrown when what is to be created exists. */
export class AlreadyExists extends Conflict {
  override readonly code = "already_exists";
}

/** Thrown when a repeated request has done its work already, and told a secret that is told once. */
export class AlreadyCreated extends Conflict {
  override readonly code = "already_created";
  readonly id: string;

  constructor(id: string) {
    super(`The secret of ${id} was told before, and is told once: rotate it for another`);
    this.id = id;
  }
}

/** Thrown when something the platform stands on does not answer. */
export class Unavailable extends DomainError {
  readonly code = "unavailable";

  constructor(dependency: string, options?: { cause: unknown }) {
    super(`${dependency} is not available`);
    this.cause = options?.cause;
  }
}

/** Thrown when somebody else changed what a form began with; the field at which that is said is its path. */
export class EditConflict extends Conflict {
  override readonly code = "stale_version";

  constructor(path: string, message: string) {
    super("Somebody else changed it meanwhile", [{ path, message }]);
  }
}

/** Thrown when a step can't be done yet; doing it again at that instant (epoch milliseconds) is right. */
export class NotYet extends DomainError {
  readonly code = "not_yet";
  readonly retryAt: number;

  constructor(message: string, retryAt: number) {
    super(message);
    this.retryAt = retryAt;
  }
}
