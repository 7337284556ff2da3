import { pageHref } from "../../site/routes.ts";

export function TeamHeading({ team }: { readonly team: string }) {
  return (
    <>
      <p class="crumbs">
        <a href={pageHref("on-call")}>On-call</a> <span aria-hidden="true">›</span> <bdi>{team}</bdi>
      </p>
      <h1>
        <bdi>{team}</bdi>
      </h1>
    </>
  );
}
