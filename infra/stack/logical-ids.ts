/** Logical ids in the stack, by the names of functions and rooms. */

/** As serverless makes it. */
export function lambdaId(functionName: string): string {
  return `${capitalized(functionName)}LambdaFunction`;
}

export function roleId(functionName: string): string {
  return `${capitalized(functionName)}Role`;
}

export function logGroupId(room: string): string {
  return `${capitalized(room)}LogGroup`;
}

/** A role in which the gateway calls functions of a room: the first has no number. */
export function gatewayRoleId(room: string, index = 0): string {
  return `${capitalized(room)}GatewayRole${index === 0 ? "" : index + 1}`;
}

/** The nested stack of a room. */
export function stackId(room: string): string {
  return `${capitalized(room)}Stack`;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
