import { timerDeps } from "../../shared/runtime/deps.ts";
import { sweepTimers } from "../../shared/use-cases/auto-resolve.ts";

export const handler = () => sweepTimers(timerDeps());
