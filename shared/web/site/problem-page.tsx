import { page } from "./layout.tsx";

/** Page for an error, with the request ID. */
export function problemPage({
  title,
  detail,
  request_id: requestId,
}: {
  readonly title: string;
  readonly detail: string;
  readonly request_id: string;
}): string {
  return page(
    title,
    <>
      <h1>{title}</h1>
      <p>
        <bdi>{detail}</bdi>
      </p>
      <p class="quiet">
        Request <bdi>{requestId}</bdi>
      </p>
    </>,
  );
}
