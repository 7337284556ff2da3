import { DomainError } from "../errors.ts";

/** Thrown if a response or a message of the identity provider is not valid. */
export class SignInFailed extends DomainError {
  readonly code = "sign_in_failed";
}

/** Thrown if the identity provider knows the person, but they may not sign in here. */
export class SignInRefused extends DomainError {
  readonly code = "sign_in_refused";

  constructor(message = "Your account is deactivated. Ask an administrator to activate it.") {
    super(message);
  }
}
