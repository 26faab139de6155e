/** What a rule may hold at most. Beyond it the record is refused, with the path. */
export const ruleLimits = {
  /** Groups of conditions inside each other. */
  conditionDepth: 16,
  /** Comparisons of one group with everything in it. */
  comparisons: 500,
  /** Branches and loops inside each other. */
  stepDepth: 8,
  /** Steps with those of all branches. */
  steps: 300,
  /** UTF-16 code units. */
  template: 20_000,
  expression: 10_000,
  regularExpression: 500,
} as const;
