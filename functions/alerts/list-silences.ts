import { listSilencesContract } from "../../shared/contracts/alerts/list-silences.ts";
import { presentSilence } from "../../shared/contracts/alerts/silence.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { ruleStore } from "../../shared/runtime/later/stores.ts";

export const handler = endpoint(listSilencesContract, async ({ page, cursor, now }) => {
  const { items, next } = await ruleStore().listSilences(page);
  return { body: { silences: items.map((each) => presentSilence(each, now)), next_cursor: cursor(next) } };
});
