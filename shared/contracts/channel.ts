import * as z from "zod";
import { channelNames } from "../channels/registry.ts";

/** A channel in a request. */
export const channelInput = z.enum(channelNames);

/** A channel in a response: of this release, or of an earlier one that stored it. */
export const channelResource = z.string().meta({ enum: channelNames });
