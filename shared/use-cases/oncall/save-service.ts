import { serviceBase } from "../../domain/edit-base.ts";
import { EditConflict } from "../../domain/errors.ts";
import { newService, type Service } from "../../domain/oncall/service.ts";
import { putService, type ServiceDeps } from "./put-service.ts";

/**
 * Saves a service from a form.
 *
 * @param base version of the form's data, from `serviceBase`; empty for a new one
 * @throws EditConflict if someone else saved it since
 */
export function saveService(
  deps: ServiceDeps,
  { name, ...fields }: Pick<Service, "name" | "team" | "autoResolveSeconds">,
  base: string,
  now: number,
): Promise<Service> {
  const change = (known: Service | undefined) => {
    const names = Object.keys(fields) as (keyof typeof fields)[];
    const isWanted = known && names.every((name) => known[name] === fields[name]);
    if (!known || isWanted || serviceBase(known) === base) return { ...newService, ...known, ...fields };
    throw base === ""
      ? new EditConflict("service", `already belongs to ${known.team}: select it in the list to change it`)
      : new EditConflict(
          "team",
          `was saved by someone else, for ${known.team}: save again to overwrite that`,
        );
  };
  return putService(deps, name, change, now);
}
