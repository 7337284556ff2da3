/**
 * Bundling of pages to one person on one contact method. The first page is sent immediately and opens a window. Pages
 * that follow within it share a few messages, each sent after at most one window's length.
 */

export interface PageWindow {
  readonly recipient: string;
  readonly channel: string;
  readonly address: string;
  /** The page that was sent immediately. */
  readonly firstPageId: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Number of the latest message, counted from the first page, which is 0. */
  readonly slot: number;
  readonly version: number;
}

/** Times of the first messages after the first page, as parts of the window's length. */
const firstSlots = [0, 1 / 12, 1 / 3];
/** Time between later messages, and longest delay of a page: it leaves a margin for the delivery. */
const longestGap = 5 / 6;

type Admission =
  | { readonly kind: "first" }
  /** The page joins the message with this number. */
  | { readonly kind: "joins"; readonly slot: number; readonly dueAt: number };

/**
 * Decides about a page: it is sent if no message was sent within the length of a window before it, otherwise it joins
 * the next message. The window stays open while there are such pages.
 */
export function admission(
  window: Pick<PageWindow, "firstPageId" | "startedAt" | "slot"> | undefined,
  pageId: string,
  now: number,
  lengthMs: number,
): Admission {
  if (!window || window.firstPageId === pageId) return { kind: "first" };
  const { startedAt } = window;
  if (now >= slotTime(startedAt, window.slot, lengthMs) + lengthMs) return { kind: "first" };
  let slot = Math.max(window.slot, 1);
  while (slotTime(startedAt, slot, lengthMs) <= now) slot += 1;
  return { kind: "joins", slot, dueAt: dueOfSlot(startedAt, slot, now, lengthMs) };
}

/** Returns the time of a message that is created now. More messages than planned are sent earlier. */
export function dueOfSlot(startedAt: number, slot: number, now: number, lengthMs: number): number {
  return Math.min(slotTime(startedAt, slot, lengthMs), now + Math.floor(longestGap * lengthMs));
}

function slotTime(startedAt: number, slot: number, lengthMs: number): number {
  const early = firstSlots[slot];
  const part = early ?? longestGap * (slot - firstSlots.length + 1);
  return startedAt + Math.floor(part * lengthMs);
}
