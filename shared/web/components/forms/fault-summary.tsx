/** Errors of an editor with links to the fields. */
import type { Fault } from "../../../domain/errors.ts";

interface FaultsProps {
  readonly faults: readonly Fault[];
}

/** Summary of all errors, with links to the fields. */
export function FaultSummary({ faults }: FaultsProps) {
  if (faults.length === 0) return null;
  return (
    <div class="notice trouble" id="faults" role="alert" tabindex={-1} autofocus>
      <p>Not saved. Please fix:</p>
      <FaultList faults={faults} />
    </div>
  );
}

export function FaultList({ faults }: FaultsProps) {
  return (
    <ul class="faults">
      {faults.map(({ path, message }) => (
        <li>
          <a href={`#${path}`}>{labelOfPath(path)}</a> <bdi>{message}</bdi>
        </li>
      ))}
    </ul>
  );
}

const rowNames: Readonly<Record<string, string>> = {
  layers: "layer",
  members: "member",
  restrictions: "hours",
  rules: "step",
  targets: "target",
};

/** Returns a path in words: `layers.0.members.1.email` is “Layer 1, member 2, email”. */
export function labelOfPath(path: string): string {
  const steps = path.split(".");
  const words = steps.flatMap((step, index) => {
    if (/^\d+$/.test(step) || step === "rotation") return [];
    const row = steps[index + 1];
    const numbered = row !== undefined && /^\d+$/.test(row);
    return [
      numbered
        ? `${rowNames[step] ?? step} ${Number(row) + 1}`
        : step.replaceAll("_", " ").replace(/url$/, "URL"),
    ];
  });
  const text = words.join(", ");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
