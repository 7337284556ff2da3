import { userParams } from "../../../shared/contracts/access/user.ts";
import { page } from "../../../shared/http/site.ts";
import { UserView } from "../../../shared/pages/user-view.tsx";
import { users } from "../../../shared/runtime/stores.ts";
import { findUser } from "../../../shared/use-cases/access/users.ts";

export const userPage = page("user", { params: userParams }, async ({ params, ...viewing }) => {
  const user = await findUser({ users: users() }, params.email);
  return { title: "User", content: <UserView {...viewing} user={user} /> };
});
