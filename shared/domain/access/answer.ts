/** Answers of people in channels: their actions, and the rights that these require. */
import { DomainError } from "../errors.ts";
import type { Denial } from "./decide.ts";
import type { Right } from "./rights.ts";

/** Someone who answers in a channel. */
export interface Answerer {
  /** Their email if the channel identifies them, otherwise their name there. */
  readonly actor: string;
  /** True if the channel does not identify them as a user of the platform. */
  readonly isUnknown?: boolean | undefined;
  /** Name of the channel within a sentence. */
  readonly via: string;
  /** False for what is said to other people, which is no attempt to change something. */
  readonly isAudited?: false;
}

/** Actions of people in channels, each with the right that it requires and its name. */
export const answerActions = {
  acknowledge: { right: "respond", label: "acknowledge incidents" },
  resolve: { right: "respond", label: "resolve incidents" },
  escalate: { right: "respond", label: "escalate incidents" },
  snooze: { right: "respond", label: "snooze incidents" },
  note: { right: "respond", label: "add notes to incidents" },
  page: { right: "respond", label: "page teams" },
  silence: { right: "manage", label: "silence services" },
} as const satisfies Readonly<Record<string, { readonly right: Right; readonly label: string }>>;

export type AnswerAction = keyof typeof answerActions;

/** Thrown if someone may not do what they asked for in a channel. The message is the answer to them. */
export class AnswerDenied extends DomainError {
  readonly code = "forbidden";

  /** @param denial what they lack; null if the channel does not identify them */
  constructor(denial: Denial | null, { via }: Answerer, action: AnswerAction) {
    super(describe(denial, via, answerActions[action].label));
  }
}

function describe(denial: Denial | null, via: string, label: string): string {
  if (denial?.missing !== "role")
    return `You are not identified via ${via}, so you cannot ${label} here. Sign in to the platform instead.`;
  const within = denial.team === null ? "in all teams" : `of team ${denial.team}`;
  return `You need the role ${denial.role} ${within} to ${label}.`;
}
