import { presentAlert } from "../../shared/contracts/alerts/alert.ts";
import { getAlertContract } from "../../shared/contracts/alerts/get-alert.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { alerts } from "../../shared/runtime/stores.ts";
import { existing } from "../../shared/use-cases/existing.ts";

export const handler = endpoint(getAlertContract, async ({ params: { alert_id: id } }) => ({
  body: presentAlert(existing(await alerts().find(id), "alert", id)),
}));
