import type { User } from "../../../domain/access/contact.ts";
import type { Column } from "../../components/data-table.tsx";

/** Users as a file, without their addresses. */
export const userColumns: readonly Column<User>[] = [
  { heading: "Name", value: ({ name }) => name },
  { heading: "Email", value: ({ email }) => email },
  { heading: "Time zone", value: ({ timezone }) => timezone },
  {
    heading: "Contact methods",
    value: ({ contactMethods }) => contactMethods.map(({ channel }) => channel).join(", "),
  },
];
