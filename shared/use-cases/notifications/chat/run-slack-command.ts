import { AnswerDenied } from "../../../domain/access/answer.ts";
import { formatDuration, parseDuration } from "../../../domain/duration.ts";
import { Conflict } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { readTextCommand, type TextCommand } from "../../../domain/notifications/text-command.ts";
import { createSilence } from "../../alerts/create-silence.ts";
import { createIncident } from "../../incidents/create-incident.ts";
import { type RunCommandDeps, runCommand, shortVerbs } from "../run-command.ts";

type SlackCommandDeps = RunCommandDeps &
  Parameters<typeof createIncident>[0] &
  Parameters<typeof createSilence>[0];

/** A slash command: `/oncall page payments checkout is down`. */
interface SlackCommand {
  readonly id: string;
  /** Its name, such as `/oncall`. */
  readonly command: string;
  readonly text: string;
  /** Email of the person, or their Slack name if that is all that is known. */
  readonly actor: string;
  readonly isUnknown?: boolean | undefined;
}

/**
 * Executes a slash command. Idempotent for the same IDs (of a repeated request).
 *
 * @returns the answer, which only this person sees
 * @throws Unavailable if too many events of the incident are pending
 */
export async function runSlackCommand(
  deps: SlackCommandDeps,
  asked: SlackCommand,
  now: number,
): Promise<string> {
  try {
    return await execute(deps, asked, now);
  } catch (error) {
    if (error instanceof AnswerDenied) return error.message;
    throw error;
  }
}

async function execute(
  deps: SlackCommandDeps,
  { id, command, text, actor, isUnknown }: SlackCommand,
  now: number,
): Promise<string> {
  const answerer = { actor, isUnknown, via: "Slack" };
  const [verb = "", subject, ...rest] = text.trim().split(/\s+/);
  const words = rest.join(" ");
  switch (verb.toLowerCase()) {
    case "":
      return helpOf(command);
    case "page":
      return subject === undefined || words === ""
        ? `Specify a team and what is wrong, such as ${command} page payments checkout is down`
        : deps.answerAs(answerer, "page", () =>
            page(deps, { team: subject.toLowerCase(), title: words, actor }, now),
          );
    case "silence":
      return deps.answerAs(answerer, "silence", () =>
        silenceService(deps, { service: subject?.toLowerCase(), duration: words, command, actor }, now),
      );
    default:
      return (
        hintFor(command, readTextCommand(text)) ??
        runCommand(deps, { person: actor, isUnknown, text, channel: "slack", messageId: id }, now)
      );
  }
}

/** Returns the answer to a command that lacks something. The pages of a Slack name are unknown, so it needs a number. */
function hintFor(command: string, asked: TextCommand): string | undefined {
  if (asked.kind === "unknown") return `Unknown command.\n${helpOf(command)}`;
  if (asked.kind === "help") return helpOf(command);
  if (asked.number !== null) return undefined;
  if (asked.kind !== "who")
    return `Specify the number of an incident, such as ${command} ${shortVerbs[asked.kind]} 12`;
  return asked.team === null ? `Specify a team or an incident, such as ${command} who payments` : undefined;
}

function helpOf(command: string): string {
  return [
    `${command} who payments: who is on call for a team`,
    `${command} page payments checkout is down: opens an incident and pages the team`,
    `${command} ack 12, ${command} res 12, ${command} esc 12: acknowledges, resolves or escalates incident #12`,
    `${command} silence checkout 2h: silences the alerts of a service`,
  ].join("\n");
}

async function page(
  deps: SlackCommandDeps,
  { team, title, actor }: { readonly team: string; readonly title: string; readonly actor: string },
  now: number,
): Promise<string> {
  const loaded = await deps.schedules.load(team, now);
  if (!loaded?.schedule) return `Team ${team} has no schedule. No one was paged.`;
  const { number } = await createIncident(
    deps,
    {
      title: title.slice(0, limits.titleLength).toWellFormed(),
      description: null,
      service: team,
      severity: "high",
      team,
      assignedTo: null,
    },
    now,
    actor,
  );
  return `Opened incident #${number} and paged ${team}.`;
}

const longestSeconds = limits.chatSilenceDays * 86_400;

async function silenceService(
  deps: SlackCommandDeps,
  request: {
    readonly service: string | undefined;
    readonly duration: string;
    readonly command: string;
    readonly actor: string;
  },
  now: number,
): Promise<string> {
  const { service, duration, command, actor } = request;
  const seconds = parseDuration(duration) ?? 0;
  if (service === undefined || service.length > limits.serviceLength || seconds < 1)
    return `Specify a service and a duration, such as ${command} silence checkout 2h`;
  if (seconds > longestSeconds)
    return (
      `Not silenced: from chat, a silence lasts at most ${limits.chatSilenceDays} days. ` +
      "Create a longer one on the Silences page."
    );
  const draft = {
    matchers: [{ field: "service", op: "=", value: service }] as const,
    startsAt: now,
    endsAt: now + seconds * 1_000,
    windows: null,
    createdBy: actor,
    comment: `${command} silence in Slack`,
  };
  try {
    await createSilence(deps, draft, now);
  } catch (error) {
    if (error instanceof Conflict) return `Not silenced: ${error.message}.`;
    throw error;
  }
  return `Silenced ${service} for ${formatDuration(seconds)}.`;
}
