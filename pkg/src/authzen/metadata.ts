// What a decision point says of itself.

/** The paths of its endpoints, below its identifier, by their names in the metadata. */
export const PATHS = {
  access_evaluation_endpoint: "/access/v1/evaluation",
  access_evaluations_endpoint: "/access/v1/evaluations",
  search_subject_endpoint: "/access/v1/search/subject",
  search_resource_endpoint: "/access/v1/search/resource",
  search_action_endpoint: "/access/v1/search/action",
} as const;

/** The metadata of the decision point with this identifier. */
export function metadata(identifier: string): object {
  const endpoints = Object.entries(PATHS).map(([name, path]) => [name, `${identifier}${path}`]);
  return { policy_decision_point: identifier, ...Object.fromEntries(endpoints) };
}
