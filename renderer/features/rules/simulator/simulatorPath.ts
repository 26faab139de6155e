/** The simulator on a rule's page, perhaps with an event of the history chosen. */
export function simulatorPath(ruleId: string, eventId: string): string {
  const page = `/rules/${encodeURIComponent(ruleId)}/simulator`;
  return eventId === '' ? page : `${page}?${new URLSearchParams({ event: eventId }).toString()}`;
}
