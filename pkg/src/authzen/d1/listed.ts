// Which rows: those whose keys are in a JSON list, which is one parameter however long it is.

/** Whether a column's value is one of the list that the parameter has. */
export function isListed(column: string, parameter: string): string {
  return `${column} IN (SELECT value FROM json_each(${parameter}))`;
}

/** Whether a resource is one of the list of types and ids that the parameter has. */
export function isResourceListed(parameter: string): string {
  return `(type, id) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(${parameter}))`;
}
