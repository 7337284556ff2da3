/** An error with its request ID, which identifies it in the logs. */
export function ProblemView({
  problem,
}: {
  readonly problem: {
    readonly title: string;
    readonly detail: string;
    readonly errors?: readonly { readonly path: string; readonly message: string }[];
    readonly request_id: string;
  };
}) {
  const { title, detail, errors = [], request_id: requestId } = problem;
  return (
    <div class="narrow">
      <h1>{title}</h1>
      <p>
        <bdi>{detail}</bdi>
      </p>
      {errors.length > 0 && (
        <ul>
          {errors.map(({ path, message }) => (
            <li>
              <bdi>{path}</bdi> <bdi>{message}</bdi>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href="/">Home</a> · <a href="/incidents">Incidents</a>
      </p>
      <p class="quiet">
        Request ID: <bdi>{requestId}</bdi>
      </p>
    </div>
  );
}
