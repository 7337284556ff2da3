import type { Silence } from "../../domain/alerts/silence.ts";
import { required } from "../required.ts";
import type { SilenceDeps } from "./silence-deps.ts";

/** @throws NotFound */
export async function readSilence({ ruleStore }: SilenceDeps, id: string): Promise<Silence> {
  return required(await ruleStore.findSilence(id), "silence", id);
}
