/** Answers of people in channels, with their roles. */
import { lazy } from "../../caching/lazy.ts";
import { answerAs as makeAnswerAs } from "../../http/answer-as.ts";
import type { AnswerAs } from "../../use-cases/ports/access.ts";
import { replyDeps } from "../later/deps.ts";
import { accessEvents, sessionAccounts } from "../stores.ts";
import { clock, log } from "../system.ts";
import { loadRoles } from "./people.ts";

const answerAsPerson = lazy(() =>
  makeAnswerAs({
    loadRoles,
    accounts: sessionAccounts(),
    recordAccess: accessEvents(),
    clock,
    log: log(),
  }),
);

export const answerAs: AnswerAs = (...args) => answerAsPerson()(...args);

/** Dependencies of replies with commands. */
export const commandDeps = () => ({ ...replyDeps(), answerAs });
