import { publishDeps } from "../../shared/runtime/deps.ts";
import { republishEvents } from "../../shared/use-cases/republish-events.ts";

export const handler = () => republishEvents(publishDeps());
