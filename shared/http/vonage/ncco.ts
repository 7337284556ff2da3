/** Call control objects of Vonage (developer.vonage.com/en/voice/voice-api/ncco-reference). */

interface Spoken {
  readonly text: string;
  /** True if keys can be pressed. The text is then said twice, and a key interrupts it. */
  readonly takesKeys: boolean;
}

/** @param keysTo URL that takes pressed keys */
export function spokenNcco({ text, takesKeys }: Spoken, keysTo: string): readonly object[] {
  if (!takesKeys) return [talk(text)];
  return [
    { ...talk(text), loop: 2, bargeIn: true },
    { action: "input", type: ["dtmf"], dtmf: { maxDigits: 1, timeOut: 6 }, eventUrl: [keysTo] },
  ];
}

export function unpressedNcco(): readonly object[] {
  return [talk("No key was pressed. Goodbye.")];
}

function talk(text: string): object {
  return { action: "talk", text, language: "en-US" };
}
