/** Builds the commands of the command line. Their help is: usage, one line of summary, options with defaults, examples. */
import { sep } from "node:path";
import { Command, type CommandOptions, type ErrorOptions, InvalidArgumentError } from "commander";

/** True in the npm package, false in a checkout. */
export const isPackage = import.meta.dirname.includes(`${sep}node_modules${sep}`);

/** Returns what a user types to run a command: `npm run dlq -- list`, or `incident-platform dlq list` from the package. */
export function commandLine(name: string, args = ""): string {
  const runs = name === "start" || name === "test" ? `npm ${name}` : `npm run ${name}`;
  if (isPackage) return `incident-platform ${name} ${args}`.trimEnd();
  return args === "" ? runs : `${runs} -- ${args}`;
}

/** Prints its usage after an error of its arguments. */
class CliCommand extends Command {
  override createCommand(name?: string): Command {
    return new CliCommand(name);
  }

  override error(message: string, options?: ErrorOptions): never {
    const usage = this.createHelp().commandUsage(this);
    return super.error(`${message}\nUsage: ${usage}\nAdd --help for all options.`, options);
  }
}

/**
 * Creates the command of a script in package.json.
 *
 * @param examples arguments of a call, and what the call does
 */
export function createCommand(
  name: string,
  summary: string,
  examples: readonly (readonly [args: string, effect: string])[] = [],
): Command {
  const command = new CliCommand(
    isPackage ? `incident-platform ${name}` : `${commandLine(name, "-")}`.slice(0, -2),
  );
  command
    .description(summary)
    .configureHelp({ showGlobalOptions: true, helpWidth: 110 })
    .helpOption("-h, --help", "show this help")
    .helpCommand(false);
  if (examples.length > 0) {
    const lines = examples.map(([args, effect]) => `  # ${effect}\n  ${commandLine(name, args)}`);
    command.addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
  }
  return command;
}

/** Adds a subcommand, which takes over how the command shows its help. `summary` starts in lower case. */
export function addSubcommand(
  command: Command,
  nameAndArgs: string,
  summary: string,
  options: CommandOptions = {},
): Command {
  return command
    .command(nameAndArgs, options)
    .summary(summary)
    .description(`${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}.`)
    .helpOption("-h, --help", "show this help");
}

/** Parses the value of an option that takes a count. */
export function parseCount(value: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError("Use a whole number above 0.");
}
