import { timerDeps } from "../../shared/runtime/deps.ts";
import { sweepTimers } from "../../shared/use-cases/timers.ts";

export const handler = () => sweepTimers(timerDeps());
