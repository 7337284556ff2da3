// serverless reads CommonJS alone, and waits for what is a promise; Node loads the TypeScript for it.
const perFunction = import("./per-function.ts");
const alarms = import("./alarms.ts");

module.exports = {
  functions: perFunction.then(({ functions }) => functions),
  roles: perFunction.then(({ roles }) => roles),
  channelsSetUp: perFunction.then(({ channelsSetUp }) => channelsSetUp),
  logs: perFunction.then(({ logs }) => logs),
  alarms: alarms.then((module) => module.alarms),
};
