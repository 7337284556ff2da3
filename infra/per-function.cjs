// serverless reads CommonJS alone; Node loads the TypeScript for it.
const { functions, roles } = require("./per-function.ts");

module.exports = { functions, roles };
