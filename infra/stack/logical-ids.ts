/** Logical IDs in the stack, from the names of functions and areas. */

/** Returns the logical ID that serverless gives a function. */
export function lambdaId(functionName: string): string {
  return `${capitalized(functionName)}LambdaFunction`;
}

export function roleId(functionName: string): string {
  return `${capitalized(functionName)}Role`;
}

export function logGroupId(area: string): string {
  return `${capitalized(area)}LogGroup`;
}

/** Returns the ID of a role with which the gateway calls functions of an area. The first has no number. */
export function gatewayRoleId(area: string, index = 0): string {
  return `${capitalized(area)}GatewayRole${index === 0 ? "" : index + 1}`;
}

/** Returns the ID of an area's nested stack. */
export function stackId(area: string): string {
  return `${capitalized(area)}Stack`;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
