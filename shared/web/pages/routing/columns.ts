import type { RoutingRule } from "../../../domain/alerts/routing.ts";
import { formatMatcher } from "../../components/alerts/matchers.ts";
import type { Column } from "../../components/data-table.tsx";
import { actionsOf } from "./rule-text.ts";

/** Removes the marks around names of any direction, which only pages need. */
const withoutIsolates = (text: string) => text.replaceAll(/[\u2066-\u2069]/g, "");

/** Routing rules in their order, as a file. */
export const routingColumns: readonly Column<RoutingRule>[] = [
  { heading: "Name", value: ({ name }) => name },
  { heading: "Matchers", value: ({ matchers }) => matchers.map(formatMatcher).join("\n") },
  { heading: "Actions", value: (rule) => withoutIsolates(actionsOf(rule).join("\n")) },
  { heading: "Continues", value: ({ continues, drop }) => (continues && !drop ? "yes" : "no") },
];
