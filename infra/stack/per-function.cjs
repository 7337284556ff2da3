// serverless reads CommonJS alone; Node loads the TypeScript for it.
const { alarms } = require("./alarms.ts");
const { functions, roles, logs } = require("./per-function.ts");

module.exports = { functions, roles, logs, alarms };
