/** `1 incident`, `2 incidents` */
export function count(many: number, thing: string): string {
  return `${many} ${thing}${many === 1 ? "" : "s"}`;
}
