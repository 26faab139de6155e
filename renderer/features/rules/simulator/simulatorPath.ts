/** The place of the simulator, perhaps with a rule and an event of the history chosen. */
export function simulatorPath(ruleId: string, eventId: string): string {
  const query = new URLSearchParams({
    ...(ruleId === '' ? {} : { rule: ruleId }),
    ...(eventId === '' ? {} : { event: eventId }),
  }).toString();
  return query === '' ? '/rules/simulator' : `/rules/simulator?${query}`;
}
