import * as z from "zod";
import type { PhoneStore } from "../../use-cases/ports/access.ts";
import { entity } from "../entity.ts";
import { keys } from "../keys.ts";
import type { Table } from "../table.ts";

interface PhoneOwner {
  readonly number: string;
  readonly email: string;
}

/** The person who answers from a number: the first one who was saved with it, or the last one who was paged on it. */
export const phoneOwnerEntity = entity<PhoneOwner>({
  name: "phone owner",
  schema: z.object({ number: z.string(), email: z.string() }),
  key: ({ number }) => keys.phoneOwner(number),
});

/** A number that gets no text messages. */
export const phoneStoppedEntity = entity<{ readonly number: string; readonly stoppedAt: number }>({
  name: "stopped phone",
  schema: z.object({ number: z.string(), stoppedAt: z.number() }),
  key: ({ number }) => keys.phoneStopped(number),
});

export function phoneStore(table: Table): PhoneStore {
  return {
    async find(number) {
      const items = await table.getAll([keys.phoneOwner(number), keys.phoneStopped(number)]);
      const owner = items.find((item) => phoneOwnerEntity.is(item));
      return {
        owner: owner && phoneOwnerEntity.parse(owner).email,
        isStopped: items.some((item) => phoneStoppedEntity.is(item)),
      };
    },
    async stopped(numbers) {
      const items = await table.getAll([...new Set(numbers)].map(keys.phoneStopped), { stale: true });
      return new Set(items.map((item) => phoneStoppedEntity.parse(item).number));
    },
    setOwner: (number, email) => table.put({ item: phoneOwnerEntity.toItem({ number, email }) }),
    stop: (number, now) => table.put({ item: phoneStoppedEntity.toItem({ number, stoppedAt: now }) }),
    restart: (number) => table.remove(keys.phoneStopped(number)),
  };
}
