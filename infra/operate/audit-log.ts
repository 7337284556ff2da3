/** `npm run audit-log`: the audit log of a stage and its hash chain. */

import { InvalidArgumentError } from "commander";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { count } from "../../shared/domain/text/count.ts";
import { auditChainStore } from "../../shared/storage/access/audit-chain-store.ts";
import {
  type AuditVerification,
  type KnownSeal,
  verifyAuditLog,
} from "../../shared/use-cases/access/verify-audit-log.ts";
import type { AuditChainStore } from "../../shared/use-cases/ports/audit.ts";
import { addSubcommand, createCommand } from "../command.ts";
import { type Progress, progressOn } from "./backup/progress.ts";
import { print } from "./print.ts";
import { addTargetOptions, openTarget } from "./target.ts";
import { tableOf } from "./target-table.ts";

export const command = addTargetOptions(
  createCommand("audit-log", "Verify that no entry of the audit log was removed, changed or added.", [
    ["verify", "Compare all entries with the hash chain"],
    ["verify --stage prod --seal 120:3f9a…", "Compare the chain with a seal from the logs too"],
  ]),
);

addSubcommand(command, "verify", "compare all entries of the audit log with its hash chain")
  .option("--seal <number:hash>", "seal from the logs, which a rewritten chain does not have", parseSeal)
  .option("--json", "print JSON")
  .addHelpText("after", "\nExit code 1: an entry or a seal was removed, changed or added.")
  .action(async ({ seal, json = false }: { seal?: KnownSeal; json?: boolean }) => {
    const target = openTarget(command.opts());
    try {
      const progress = progressOn(process.stderr, () => performance.now());
      const auditChain = await withProgress(auditChainStore(tableOf(target)), progress);
      const verification = await verifyAuditLog({ auditChain, sha256, clock: Date.now }, seal);
      progress.clear();
      print(verification, json, describe);
      if (verification.faults.length > 0) process.exitCode = 1;
    } catch (error) {
      target.fail(error);
    }
  });

/** Shows how many seals and entries are read. Most entries have one seal. */
async function withProgress(auditChain: AuditChainStore, progress: Progress): Promise<AuditChainStore> {
  const total = 2 * ((await auditChain.last())?.number ?? 0);
  let read = 0;
  const counted = <T>(page: readonly T[]) => {
    read += page.length;
    progress.at("reading", read, total, "seals and entries");
    return page;
  };
  return {
    ...auditChain,
    seals: async (after, limit) => counted(await auditChain.seals(after, limit)),
    entries: async (after, limit) => counted(await auditChain.entries(after, limit)),
  };
}

function parseSeal(value: string): KnownSeal {
  const [, number, hash] = /^(\d+):([0-9a-f]{64})$/.exec(value) ?? [];
  if (number === undefined || hash === undefined)
    throw new InvalidArgumentError("Use the number and the hash of a log line, such as 120:3f9a….");
  return { number: Number(number), hash };
}

/** Faults that are printed. `--json` has all. */
const printedFaults = 50;

export function describe({ head, faults, ...counts }: AuditVerification): string {
  const { intact, replaced, expired, unsealed, older } = counts;
  const parts = [
    `${intact} as sealed${replaced > 0 ? ` (${replaced} with replaced names)` : ""}`,
    `${expired} expired`,
    `${unsealed} not sealed yet`,
    `${older} older than the chain`,
  ];
  return [
    ...faults.slice(0, printedFaults),
    ...(faults.length > printedFaults ? [`… and ${faults.length - printedFaults} more.`] : []),
    `Entries: ${parts.join(", ")}.`,
    head ? `Last seal: ${head.number}:${head.hash}` : "No entry is sealed yet.",
    faults.length === 0 ? "The audit log is intact." : `Found ${count(faults.length, "difference")}.`,
  ].join("\n");
}
