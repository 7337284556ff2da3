import type * as z from "zod";
import type { AccessDenied } from "../../domain/access/access-denied.ts";
import type { RequiredRight } from "../../http/access.ts";
import type { Flash } from "./flash.ts";
import type { FormFields, FormSchema } from "./forms/form.ts";
import type { Output, Schema, Shown } from "./page.ts";
import type { PageName } from "./routes.ts";
import type { Viewer } from "./viewer.ts";

/** A submitted form. */
export interface Submission<P = unknown, F = unknown> {
  readonly params: P;
  readonly form: F;
  /** All submitted fields, for forms with a variable number of them. */
  readonly fields: FormFields;
  readonly now: number;
  readonly viewer: Viewer;
  /** Path of the form itself. */
  readonly here: string;
  /** Name that the action is recorded under. */
  readonly actor: string;
  /** The page that contained the form. */
  readonly back: string;
  readonly headers: Headers;
}

/** Result of an action that redirects. */
export interface Redirect {
  readonly to: string;
  readonly flash?: Flash;
  /** A secret that only the response to this form shows: never in an address, a cookie or the history. */
  readonly newSecret?: string;
  /** Values of `Set-Cookie`. */
  readonly cookies?: readonly string[];
  /** Reasons why parts of the request were not permitted, for the audit log. */
  readonly denials?: readonly AccessDenied[];
}

/** Result of an action that shows the form again as it was filled in. */
export interface FormPage extends Shown {
  readonly page: PageName;
  /** Requests of our script always get 200. */
  readonly status: 200 | 409 | 422;
  readonly flash?: Flash;
}

/** A form's handler and the use cases that it needs. */
export interface Action<U = never> extends RequiredRight {
  readonly params: Schema;
  readonly form: FormSchema;
  /** Shows validation errors next to the fields, on the page that contained the form. */
  readonly errorsInPlace: boolean;
  readonly act: (submission: Submission<never, never>, useCases: U) => Promise<Redirect | FormPage>;
}

/** A form's handler that has its use cases. */
export interface BoundAction extends Omit<Action, "act"> {
  readonly act: (submission: Submission<never, never>) => Promise<Redirect | FormPage>;
}

export function action<F extends FormSchema, P extends Schema = undefined, U = unknown>(
  {
    right,
    team,
    errorsInPlace = false,
    params,
    form,
  }: RequiredRight & { errorsInPlace?: boolean; params?: P; form: F },
  act: (submission: Submission<Output<P>, z.output<F>>, useCases: U) => Promise<Redirect | FormPage>,
): Action<U> {
  return { right, team, params, form, errorsInPlace, act };
}
