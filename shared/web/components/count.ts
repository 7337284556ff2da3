const plural = new Intl.PluralRules("en");

/** `1 incident`, `2 incidents` */
export function count(many: number, thing: string): string {
  return `${many} ${thing}${plural.select(many) === "one" ? "" : "s"}`;
}
