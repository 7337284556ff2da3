import { sha256 } from "../../shared/crypto/sha256.ts";
import { auditChain } from "../../shared/runtime/later/stores.ts";
import { log } from "../../shared/runtime/system.ts";
import { sealAuditLog } from "../../shared/use-cases/access/seal-audit-log.ts";

export const handler = () => sealAuditLog({ auditChain: auditChain(), sha256, log: log() });
