import * as z from "zod";
import { pageQuery } from "../../../shared/contracts/fields.ts";
import { page } from "../../../shared/http/site.ts";
import { UsersView } from "../../../shared/pages/users-view.tsx";
import { users } from "../../../shared/runtime/stores.ts";

const query = z.object(pageQuery);

export const usersPage = page("users", { query }, async ({ page, cursor, ...viewing }) => {
  const { items, next } = await users().list(page);
  return {
    title: "Users",
    content: <UsersView {...viewing} users={items} first={page.after === null} next={cursor(next)} />,
  };
});
