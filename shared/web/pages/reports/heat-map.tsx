import { useContext } from "hono/jsx";
import { count } from "../../../domain/text/count.ts";
import { TimeZone } from "../../components/time.tsx";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** Number of shades for values above zero. */
const shades = 5;

/** Table of incident counts by weekday and hour, with shaded cells. */
export function HeatMap({ week }: { readonly week: readonly (readonly number[])[] }) {
  const most = Math.max(...week.flat());
  return (
    <>
      <p>
        <Busiest week={week} />
      </p>
      <table class="heat">
        <caption class="hidden">Incidents opened by hour and weekday</caption>
        <thead>
          <tr>
            <th scope="col">
              <Corner />
            </th>
            {weekdays.map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => (
            <tr>
              <th scope="row">{clockOf(hour)}</th>
              {week.map((day) => (
                <Cell value={day[hour] ?? 0} most={most} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** `UTC`, or nothing in another zone, whose name is too long. */
function Corner() {
  return useContext(TimeZone) === "UTC" ? <>UTC</> : <span class="hidden">Local time</span>;
}

/** One cell; zeros are only for screen readers. */
function Cell({ value, most }: { readonly value: number; readonly most: number }) {
  return value === 0 ? (
    <td>
      <span class="hidden">0</span>
    </td>
  ) : (
    <td class={`shade-${Math.ceil((value / most) * shades)}`}>{value}</td>
  );
}

function Busiest({ week }: { readonly week: readonly (readonly number[])[] }) {
  const cells = week.flatMap((day, weekday) => day.map((value, hour) => ({ value, weekday, hour })));
  const [busiest] = cells.toSorted((a, b) => b.value - a.value);
  if (!busiest || busiest.value === 0) return <span class="quiet">No incidents in this period.</span>;
  const { value, weekday, hour } = busiest;
  return (
    <>
      <b>
        {weekdays[weekday]} {clockOf(hour)}
      </b>{" "}
      <span class="quiet">is the busiest hour ({count(value, "incident")}).</span>
    </>
  );
}

function clockOf(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
