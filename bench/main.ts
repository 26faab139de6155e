import { cpus, loadavg, totalmem } from 'node:os';
import { benchAccess } from './accessBench.ts';
import { benchAudit } from './auditBench.ts';
import { benchAuditView } from './auditViewBench.ts';
import { benchAutomation } from './automationBench.ts';
import { benchConsole } from './consoleBench.ts';
import { rounded } from './measure.ts';
import type { Measure } from './measure.ts';
import { benchReplica } from './replica/replicaBench.ts';
import { benchScrub } from './scrubBench.ts';
import { benchServer } from './serverBench.ts';

const flags = ['--json', '--dexie-million'];
const parts: Readonly<Record<string, () => Promise<Measure[]> | AsyncIterable<Measure>>> = {
  server: benchServer,
  automation: benchAutomation,
  access: benchAccess,
  audit: benchAudit,
  log: benchAuditView,
  scrub: benchScrub,
  console: benchConsole,
  replica: () => benchReplica({ dexieMillion: process.argv.includes('--dexie-million') }),
};
const environment = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGB: Math.round(totalmem() / 1024 ** 3),
  node: process.version,
  platform: process.platform,
};

const json = process.argv.includes('--json');
const wanted = process.argv.slice(2).filter((parameter) => !flags.includes(parameter));
const unknown = wanted.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) {
  process.stderr.write(`there is no measurement "${unknown}"; there are: ${Object.keys(parts).join(', ')}\n`);
  process.exit(2);
}
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for await (const measure of await run()) {
    const value = rounded(measure.value);
    process.stdout.write(
      json
        ? `${JSON.stringify({ ...measure, value, environment: { ...environment, load: loadavg()[0] } })}\n`
        : `${measure.name.padEnd(78)} ${String(value).padStart(10)} ${measure.unit}\n`,
    );
  }
}
