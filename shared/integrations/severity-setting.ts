import * as z from "zod";
import { severities } from "../domain/severity.ts";

/** Of the events of a client that knows none. */
export const severitySetting = z.enum(severities).default("high");
