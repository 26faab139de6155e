/** Of a run whose event is gone. */
export const eventGone = 'The event that set off the run is not stored any more. Start the rule again.';

/** Of a run or command whose job failed for good. */
export const serverFault =
  'The server could not go on; its log says why. Try again; if it fails again, report it to who runs the server.';

/** Messages that hold nothing of any record, whatever was rendered. */
const fixed: readonly RegExp[] = [
  /^The rule fired again; the run [\w-]{1,64} takes this one's place\.$/,
  /^the server is stopping$/,
  /^the step took longer than \d+ ms to prepare; simplify its templates or expressions$/,
  /^the step needed more than \d+ MB of memory to prepare; make what it computes smaller$/,
  /^nobody would get it: the recipients are empty$/,
  /^nobody would be told: the recipients are empty$/,
  /^no mail server is configured; start the server with --smtp-url$/,
];
/** Where in a step something was wrong, as `faultOutcome` goes on after its name. */
const place = /^ \([A-Za-z]\w{0,63}(?:, [\w.-]{1,200})?\): /;

/** Whether an error of a step or run is one of our own that repeats nothing: it is shown to whoever sees the run. */
export function isFixedFailure(error: string, stepName = ''): boolean {
  if (isFixed(error)) return true;
  if (stepName === '' || !error.startsWith(stepName)) return false;
  const told = error.slice(stepName.length);
  const [found] = place.exec(told) ?? [];
  return found !== undefined && isFixed(told.slice(found.length));
}

function isFixed(text: string): boolean {
  return text === eventGone || text === serverFault || fixed.some((one) => one.test(text));
}
