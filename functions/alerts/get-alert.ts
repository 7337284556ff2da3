import { presentAlert } from "../../shared/contracts/alerts/alert.ts";
import { getAlertContract } from "../../shared/contracts/alerts/get-alert.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { alerts } from "../../shared/runtime/stores.ts";
import { required } from "../../shared/use-cases/required.ts";

export const handler = endpoint(getAlertContract, async ({ params: { alert_id: id } }) => ({
  body: presentAlert(required(await alerts().find(id), "alert", id)),
}));
