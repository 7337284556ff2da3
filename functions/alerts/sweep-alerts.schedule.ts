import { sweepAlertsDeps } from "../../shared/runtime/deps.ts";
import { sweepAlerts } from "../../shared/use-cases/sweep-alerts.ts";

export const handler = () => sweepAlerts(sweepAlertsDeps());
