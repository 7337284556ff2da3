interface Package {
  readonly engines?: { readonly node?: string };
  readonly optional?: boolean;
}

/** Returns the packages of a lock file for which `npm ci` on Node 20 prints a warning. */
export function tooNewForNode20(packages: Readonly<Record<string, Package>>): string[] {
  return Object.entries(packages).flatMap(([path, { engines, optional = false }]) => {
    const alternatives = engines?.node?.split("||") ?? [];
    const isTooNew = alternatives.length > 0 && alternatives.every((range) => newer.test(range.trim()));
    return isTooNew && !optional ? [path] : [];
  });
}

/** A range of versions that begins after Node 20. */
const newer = /^(>=|\^|~)?\s*v?(2[1-9]|[3-9]\d)/;
