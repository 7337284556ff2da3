/** The inspected parts of a Dockerfile. */
export interface Dockerfile {
  /** Instructions with joined continuation lines and upper-case keywords. */
  readonly instructions: readonly { readonly word: string; readonly rest: string }[];
}

export function parseDockerfile(text: string): Dockerfile {
  const lines = text
    .replace(/^\s*#.*\n/gm, "")
    .replace(/\\\n/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "");
  return {
    instructions: lines.map((line) => {
      const [, word = "", rest = ""] = /^\s*(\w+)\s+(.*)$/.exec(line) ?? [];
      return { word: word.toUpperCase(), rest: rest.replace(/\s+/g, " ").trim() };
    }),
  };
}

/** Returns the last instruction of a kind, which is the effective one. */
export function lastOf({ instructions }: Dockerfile, word: string): string | undefined {
  return instructions.findLast((instruction) => instruction.word === word)?.rest;
}

/** Returns true for an exact version with the digest of its content: a tag can be moved. */
export function isPinned(image: string): boolean {
  return /:v?\d+\.\d+\.\d+[\w.-]*@sha256:[0-9a-f]{64}$/.test(image);
}

export function dockerfileFaults(text: string): string[] {
  const file = parseDockerfile(text);
  const all = (word: string) => file.instructions.filter((instruction) => instruction.word === word);
  const stages = all("FROM").map(({ rest }) => rest.split(" ")[0] ?? "");
  const command = lastOf(file, "CMD") ?? lastOf(file, "ENTRYPOINT");
  const faults = [
    ...stages
      .filter((image) => !isPinned(image))
      .map((image) => `${image} is not pinned to a version and digest`),
    ...all("ADD").map(({ rest }) => `ADD ${rest}: use COPY instead`),
    ...all("RUN").flatMap(({ rest }) =>
      /\bnpm (i|install)\b/.test(rest) ? ["npm install ignores the lock file: use npm ci"] : [],
    ),
    ...all("RUN").flatMap(({ rest }) =>
      /\bnpm ci\b(?!.*--omit=dev)/.test(rest) ? ["npm ci installs development packages: add --omit=dev"] : [],
    ),
  ];
  if (stages.length < 2) faults.push("has a single stage, so build tools stay in the image");
  if (/^(root|0)?(:|$)/.test(lastOf(file, "USER") ?? "")) faults.push("runs as root");
  if (!lastOf(file, "HEALTHCHECK")?.includes("CMD")) faults.push("has no HEALTHCHECK");
  if (!command?.startsWith("[")) faults.push("runs its command in a shell, which does not forward signals");
  return faults;
}
