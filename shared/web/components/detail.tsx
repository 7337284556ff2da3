import type { PropsWithChildren } from "hono/jsx";

/** One entry of `<dl class="details">`. */
export function Detail({ name, children }: PropsWithChildren<{ readonly name: string }>) {
  return (
    <>
      <dt>
        <bdi>{name}</bdi>
      </dt>
      <dd>{children}</dd>
    </>
  );
}
