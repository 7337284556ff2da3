/** Logical IDs in the stack, from the names of functions and rooms. */

/** Returns the logical ID that serverless gives a function. */
export function lambdaId(functionName: string): string {
  return `${capitalized(functionName)}LambdaFunction`;
}

export function roleId(functionName: string): string {
  return `${capitalized(functionName)}Role`;
}

export function logGroupId(room: string): string {
  return `${capitalized(room)}LogGroup`;
}

/** Returns the ID of a role with which the gateway calls functions of a room. The first has no number. */
export function gatewayRoleId(room: string, index = 0): string {
  return `${capitalized(room)}GatewayRole${index === 0 ? "" : index + 1}`;
}

/** Returns the ID of a room's nested stack. */
export function stackId(room: string): string {
  return `${capitalized(room)}Stack`;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
