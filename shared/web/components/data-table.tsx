import type { Child } from "hono/jsx";

/** A column of a table and of its CSV file. */
export interface Column<T> {
  readonly heading: string;
  /** Class of its cells. */
  readonly class?: string;
  /** Unit of the value in the file. */
  readonly unit?: string;
  /** Value in the file. */
  readonly value: (row: T) => string | number | null;
  /** Content of the cell on the page. Default: the value. */
  readonly cell?: (row: T) => Child;
}

/** Table whose first column names the rows. */
export function DataTable<T>({
  columns,
  rows,
  class: className,
}: {
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly class?: string;
}) {
  const [name, ...others] = columns;
  const content = ({ cell, value }: Column<T>, row: T) => (cell ? cell(row) : (value(row) ?? "–"));
  return (
    <table class={className}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" class={column.class}>
              {column.heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {name && <th scope="row">{content(name, row)}</th>}
            {others.map((column) => (
              <td class={column.class} data-name={column.heading}>
                {content(column, row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
