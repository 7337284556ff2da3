import { createServer } from "node:net";
import { Problem } from "../../infra/problem.ts";

/** @throws Problem with the setting to change, if the port is in use */
export async function checkPort(host: string, port: number, setting: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  }).catch((error: NodeJS.ErrnoException) => {
    throw new Problem(
      error.code === "EADDRINUSE"
        ? `Port ${port} is taken. Set ${setting} to a free one, in .env or for this start: ${setting}=${port + 100} npm start`
        : `Can't listen on ${host}:${port} (${error.code}). Set ${setting} to another port.`,
    );
  });
}
