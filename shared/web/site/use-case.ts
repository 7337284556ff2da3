import type { Person } from "../../domain/person.ts";
import type { Action } from "./action.ts";
import type { Page } from "./page.ts";

/** A use case with its dependencies wired: what remains are its other parameters. */
export type Wired<F> = F extends (deps: never, ...parameters: infer P) => infer R
  ? (...parameters: P) => R
  : never;

/** A use case whose result is kept for a while; `at` is when it was read. */
export type Cached<T> = (now: number) => Promise<{ readonly value: T; readonly at: number }>;

/** Users that the fields for a person suggest, at most 200. Read again after ten seconds: a unit per 8 KB. */
export type RecentPeople = Cached<readonly Person[]>;

/** Everything that a set of pages or actions needs. */
export type UseCasesOf<T extends Readonly<Record<string, () => Promise<Page | Action>>>> = T[keyof T] extends
  | (() => Promise<Page<infer U>>)
  | (() => Promise<Action<infer U>>)
  ? U
  : never;
