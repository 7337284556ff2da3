/** Binds pages and actions to their use cases, which are loaded with the first page or action that needs them. */
import type { Action, BoundAction } from "./action.ts";
import type { BoundPage, Page } from "./page.ts";

type Loaders<N extends string, T> = Readonly<Record<N, () => Promise<T>>>;

/** @param useCases loads what all of these pages need */
export function bindPages<N extends string, U>(
  pages: Loaders<N, Page<U>>,
  useCases: () => Promise<U>,
): Loaders<N, BoundPage> {
  return mapValues(pages, (load) => async () => {
    const [{ show, downloads, ...page }, known] = await Promise.all([load(), useCases()]);
    return {
      ...page,
      show: (visit) => show(visit, known),
      downloads: mapValues(downloads, (download) => (visit) => download(visit, known)),
    };
  });
}

/** @param useCases loads what all of these actions need */
export function bindActions<N extends string, U>(
  actions: Loaders<N, Action<U>>,
  useCases: () => Promise<U>,
): Loaders<N, BoundAction> {
  return mapValues(actions, (load) => async () => {
    const [{ act, ...action }, known] = await Promise.all([load(), useCases()]);
    return { ...action, act: (submission) => act(submission, known) };
  });
}

function mapValues<N extends string, T, R>(
  record: Readonly<Record<N, T>>,
  map: (value: T) => R,
): Readonly<Record<N, R>> {
  return Object.fromEntries(Object.entries<T>(record).map(([name, value]) => [name, map(value)])) as Readonly<
    Record<N, R>
  >;
}
