/** Finds all contracts by their shape. */
import { globSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { Contract } from "../../shared/contracts/contract.ts";

export interface FoundContract {
  readonly contract: Contract;
  /** `oncall/schedules`, also the folder of its function in functions/. */
  readonly folder: string;
  /** File name without extension: verb-noun. */
  readonly name: string;
  readonly exportName: string;
}

/** Returns all contracts, sorted by path and method. */
export async function findContracts(root: string): Promise<FoundContract[]> {
  const files = globSync("shared/contracts/*/**/*.ts", { cwd: root }).filter(
    (path) => !path.endsWith(".test.ts"),
  );
  const found = await Promise.all(
    files.map(async (file) => {
      const module = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
      return Object.entries(module).flatMap(([exportName, value]) =>
        isContract(value)
          ? [
              {
                contract: value,
                folder: relative("shared/contracts", dirname(file)),
                name: basename(file, ".ts"),
                exportName,
              },
            ]
          : [],
      );
    }),
  );
  const route = ({ contract }: FoundContract) => `${contract.path} ${contract.method}`;
  return found.flat().sort((a, b) => (route(a) < route(b) ? -1 : 1));
}

function isContract(value: unknown): value is Contract {
  return typeof value === "object" && value !== null && "method" in value && "path" in value;
}

export function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
