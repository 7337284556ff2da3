/** Links in requests, with a text that names them. */
import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { isWebAddress } from "../../domain/link.ts";
import { line, text } from "../fields.ts";

export const webAddress = text(1, limits.addressLength)
  .refine(isWebAddress, "must be a web address such as https://wiki.example.com/runbook")
  .meta({ format: "uri", pattern: "^[Hh][Tt][Tt][Pp][Ss]?://\\S+$" });

export const linkInput = z.strictObject({ text: line(1, limits.linkTextLength), href: webAddress });
