/** Commands in replies: text messages, emails and chats. */

export type TextCommand =
  | {
      readonly kind: "acknowledge" | "resolve" | "escalate";
      /** Number of an incident; null for the only one that is meant. */
      readonly number: number | null;
    }
  /** Asks who is on call: for the team of an incident, for a team, or for the teams of the latest pages. */
  | { readonly kind: "who"; readonly number: number | null; readonly team: string | null }
  | { readonly kind: "help" }
  | { readonly kind: "unknown" };

type Verb = Exclude<TextCommand["kind"], "unknown">;

const verbs: Readonly<Record<string, Verb>> = {
  ack: "acknowledge",
  acknowledge: "acknowledge",
  acknowledged: "acknowledge",
  res: "resolve",
  resolve: "resolve",
  resolved: "resolve",
  esc: "escalate",
  escalate: "escalate",
  who: "who",
  help: "help",
};

/** Words that change no meaning: `please ack #12, thanks`. */
const fillers: ReadonlySet<string> = new Set(["please", "pls", "thanks", "incident"]);

const longestLine = 100;

/**
 * Reads the command in the first line of a text that is not empty: `ack 12`, `12`, `ack`, `res #12`, `esc 12`, `who`, `who
 * payments`, `help`. Case, punctuation, a slash before the verb and the order of verb and number do not matter. A line
 * with anything else is no command, so that "can't ack 12 yet" does nothing.
 */
export function readTextCommand(text: string): TextCommand {
  const line = text.split("\n").find((each) => each.trim() !== "") ?? "";
  if (line.length > longestLine) return { kind: "unknown" };
  const [first = "", ...rest] = wordsOf(line);
  const word = first.replace(/^\/(\w+)(@\w+)?$/, "$1");
  // `ack12`
  const [, glued, digits] = /^([a-z]+)#?(\d+)$/.exec(word) ?? [];
  const words = glued !== undefined && digits !== undefined ? [glued, digits, ...rest] : [word, ...rest];
  if (words[0] === "who") return readWho(words.slice(1));
  const [number, ...others] = words.filter(isNumber).map(Number);
  const [name, ...more] = words.filter((each) => !isNumber(each));
  if (others.length > 0 || more.length > 0) return { kind: "unknown" };
  if (name === undefined) return number === undefined ? { kind: "unknown" } : { kind: "acknowledge", number };
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (verb === "help") return { kind: "help" };
  if (verb === undefined || verb === "who") return { kind: "unknown" };
  return { kind: verb, number: number ?? null };
}

/** Reads the team or incident after `who`, also in `who is on call for payments?`. */
function readWho(words: readonly string[]): TextCommand {
  const name = words.filter((word) => !["is", "on", "call", "oncall", "on-call", "for"].includes(word));
  const [only] = name;
  if (name.length === 1 && only !== undefined && isNumber(only))
    return { kind: "who", number: Number(only), team: null };
  return { kind: "who", number: null, team: name.length === 0 ? null : name.join(" ") };
}

/** Returns the words of a line in lower case, without punctuation at their ends. */
function wordsOf(line: string): string[] {
  return line
    .normalize("NFKC")
    .toLowerCase()
    .split(/[\s,;]+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}/]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter((word) => word !== "" && !fillers.has(word));
}

function isNumber(word: string): boolean {
  return /^\d{1,15}$/.test(word);
}
