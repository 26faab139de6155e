import { proxyProblem } from '../http/trustedProxies.ts';
import { CommandLineError } from './options.ts';

/** The entries of `--trust-proxy`. @throws CommandLineError for one that is neither address nor network */
export function proxyList(given: string): string[] {
  const entries = given
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  for (const entry of entries) {
    const problem = proxyProblem(entry);
    if (problem !== undefined) throw new CommandLineError(`--trust-proxy: ${problem}.`);
  }
  return entries;
}
