import { userParams } from "../../../contracts/access/user.ts";
import type { findUser } from "../../../use-cases/access/find-user.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { UserView } from "./view.tsx";

interface UseCases {
  readonly findUser: Wired<typeof findUser>;
}

export const userPage = page(
  { params: userParams },
  async ({ params, ...viewing }, { findUser }: UseCases) => {
    const user = await findUser(params.email);
    return { title: "User", content: <UserView {...viewing} user={user} /> };
  },
);
