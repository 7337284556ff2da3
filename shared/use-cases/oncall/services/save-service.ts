import { serviceBase } from "../../../domain/edit-base.ts";
import { EditConflict } from "../../../domain/errors.ts";
import { newService, type Service } from "../../../domain/oncall/service.ts";
import { putService, type ServiceDeps } from "./put-service.ts";

type Fields = Pick<Service, "team"> & Partial<Omit<Service, "name" | "updatedAt">>;

/**
 * Saves a service from a form. Fields that the form lacks stay unchanged.
 *
 * @param base version of the form's data, from `serviceBase`; empty for a new one
 * @throws EditConflict if someone else saved it since
 */
export function saveService(
  deps: ServiceDeps,
  name: string,
  fields: Fields,
  base: string,
  now: number,
): Promise<Service> {
  const change = (known: Service | undefined) => {
    const changed = { ...newService, ...known, ...fields };
    const names = Object.keys(fields) as (keyof Fields)[];
    const isWanted =
      known && names.every((name) => JSON.stringify(known[name]) === JSON.stringify(fields[name]));
    if (!known || isWanted || serviceBase(known) === base) return changed;
    throw base === ""
      ? new EditConflict("service", `already belongs to ${known.team}: select it in the list to change it`)
      : new EditConflict(
          "team",
          `was saved by someone else, for ${known.team}: save again to overwrite that`,
        );
  };
  return putService(deps, name, change, now);
}
