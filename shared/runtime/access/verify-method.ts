/** Verification of contact methods, with its dependencies. */
import { enterCode as enter } from "../../use-cases/access/reachability/enter-code.ts";
import { sendCode as send } from "../../use-cases/access/reachability/send-code.ts";
import type { Wired } from "../../web/site/use-case.ts";
import { codeDeps } from "./codes.ts";

export const sendCode: Wired<typeof send> = async (...args) => send(await codeDeps(), ...args);

export const enterCode: Wired<typeof enter> = async (...args) => enter(await codeDeps(), ...args);
