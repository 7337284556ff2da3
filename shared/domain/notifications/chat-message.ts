/** The message about an incident in one chat, which later announcements update. Times are epoch milliseconds. */
export interface ChatMessage {
  readonly incidentId: string;
  /** Name of the channel in the registry. */
  readonly channel: string;
  readonly address: string;
  /** ID of the message at its service; null until it is known. */
  readonly reference: string | null;
  /** Start of the post. One that takes longer than a delivery has crashed. */
  readonly startedAt: number;
  /** Notification that the message shows, and the time of its event. */
  readonly shownId: string;
  readonly shownAt: number;
  readonly version: number;
}
