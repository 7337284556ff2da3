import type { Child } from "hono/jsx";
import type * as z from "zod";
import type { Right } from "../../domain/access/rights.ts";
import type { PageRequest } from "../../use-cases/ports/page.ts";
import type { Download } from "./downloads/download.ts";
import type { FormErrors } from "./routes.ts";
import type { Viewer } from "./viewer.ts";

export type Output<S> = S extends z.ZodType ? z.output<S> : undefined;
export type Schema = z.ZodObject | undefined;

/** A request for a page. */
export interface Visit<P = unknown, Q = unknown> {
  readonly params: P;
  readonly query: Q;
  /** The requested page of a list. */
  readonly page: PageRequest;
  /** Encodes a position of the list as a cursor. */
  readonly cursor: (position: string | null) => string | null;
  /** Path and query of this page. Its forms return here. */
  readonly here: string;
  readonly host: string;
  readonly headers: Headers;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly viewer: Viewer;
  /** The form that was submitted from this page and rejected. */
  readonly formErrors: FormErrors | null;
  /** A secret that the preceding action created. The page shows it once. */
  readonly newSecret: string | null;
}

/** Content of a page. */
export interface Shown {
  /** Window title. Contains no text of users. */
  readonly title: string;
  readonly content: Child;
  /** Refresh interval of an open page; absent: no refresh. */
  readonly everySeconds?: number;
  /** Default: 200. */
  readonly status?: number;
  /** True if its tables have no rows, so that it offers no files. */
  readonly isEmpty?: boolean;
}

/** The address that shows what was asked for. */
export interface Elsewhere {
  readonly redirectTo: string;
}

/** A page and the use cases that it needs. */
export interface Page<U = never> {
  /** Right that the page requires in any team, or in the team of its path; null for public pages. */
  readonly right: Right | null;
  readonly show: (visit: Visit<never, never>, useCases: U) => Promise<Shown | Elsewhere>;
  readonly params: Schema;
  readonly query: Schema;
  /** Its tables, which it offers as CSV files, by name: `open-incidents`. */
  readonly downloads: Downloads<Visit<never, never>, U>;
}

/** A page that has its use cases. */
export interface BoundPage extends Omit<Page, "show" | "downloads"> {
  readonly show: (visit: Visit<never, never>) => Promise<Shown | Elsewhere>;
  readonly downloads: Readonly<Record<string, (visit: Visit<never, never>) => Promise<Download>>>;
}

/** Functions that return the tables of a page. They change nothing. */
export type Downloads<V, U> = Readonly<Record<string, (visit: V, useCases: U) => Promise<Download>>>;

/** @param show returns the content for a request; changes nothing */
export function page<P extends Schema = undefined, Q extends Schema = undefined, U = unknown>(
  { right = "read", params, query }: { right?: Right | null; params?: P; query?: Q },
  show: (visit: Visit<Output<P>, Output<Q>>, useCases: U) => Promise<Shown | Elsewhere>,
  downloads: Downloads<Visit<Output<P>, Output<Q>>, U> = {},
): Page<U> {
  return { right, params, query, show, downloads };
}
