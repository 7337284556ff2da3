import * as z from "zod";
import { severities } from "../../domain/severity.ts";

/** Severity for clients that send none. */
export const severitySetting = z.enum(severities).default("high");
