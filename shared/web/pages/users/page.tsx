import * as z from "zod";
import { pageQuery } from "../../../contracts/fields.ts";
import type { UserStore } from "../../../use-cases/ports/access.ts";
import { downloadOf, firstRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import { userColumns } from "./columns.ts";
import { UsersView } from "./view.tsx";

interface UseCases {
  readonly listUsers: UserStore["list"];
}

export const usersPage = page(
  { query: z.object(pageQuery) },
  async ({ page, cursor, ...viewing }, { listUsers }: UseCases) => {
    const { items, next } = await listUsers(page);
    return {
      title: "Users",
      isEmpty: items.length === 0,
      content: <UsersView {...viewing} users={items} first={page.after === null} next={cursor(next)} />,
    };
  },
  {
    users: async ({ page }, { listUsers }) => downloadOf(userColumns, await firstRows(listUsers, page)),
  },
);
