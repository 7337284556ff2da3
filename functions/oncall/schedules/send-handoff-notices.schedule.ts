import { handoffDeps } from "../../../shared/runtime/deps.ts";
import { sendHandoffNotices } from "../../../shared/use-cases/oncall/send-handoff-notices.ts";

export const handler = () => sendHandoffNotices(handoffDeps());
