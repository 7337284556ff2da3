import type { Unresolved } from "../../../use-cases/incidents/read-unresolved.ts";

/** Numbers of incidents in the tabs; absent where it is not known how many match the filter. */
export interface TabCounts {
  readonly unresolved?: string;
  readonly open?: string;
  readonly acknowledged?: string;
}

/** Parts of a filter that the numbers depend on. */
interface Counted {
  /** True if the incidents were filtered. */
  readonly isFiltered: boolean;
  /** True if only those are read that are assigned to the viewer, which lists of a status don't ask for. */
  readonly isAssigned: boolean;
}

/** Counts all unresolved incidents, or those that match the filter among the latest that were read. */
export function tabCounts(
  { open, acknowledged, more, latest, olderExist }: Unresolved,
  { isFiltered, isAssigned }: Counted,
): TabCounts {
  if (!isFiltered && !isAssigned) return textsOf(open, acknowledged, more);
  const matching = latest.filter(({ status }) => status === "open").length;
  const counts = textsOf(matching, latest.length - matching, olderExist);
  return isAssigned ? { unresolved: counts.unresolved } : counts;
}

function textsOf(open: number, acknowledged: number, more: boolean): Required<TabCounts> {
  const plus = more ? "+" : "";
  return {
    unresolved: `${open + acknowledged}${plus}`,
    open: `${open}${plus}`,
    acknowledged: `${acknowledged}${plus}`,
  };
}
