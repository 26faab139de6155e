import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorCodes } from '#shared/kernel/errors.ts';
import type { Json } from '#shared/kernel/json.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { startMatrixServer } from '#tests/support/matrixServer.ts';
import type { MatrixServer } from '#tests/support/matrixServer.ts';
import { mutate, oddValues } from '#tests/support/mutate.ts';
import { allRows } from '#tests/support/routeTable/allRows.ts';
import type { RouteRow } from '#tests/support/routeTable/row.ts';

const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);
const random = createSeededRandom(seed);
/** Of each way in. */
const requests = 80;
/** What no answer may hold: traces, places in the code, words of the store. */
const internals = /node_modules|\.ts:\d|\bat \S+ \(|sqlite|SELECT |undefined is not/i;

let server: MatrixServer;
beforeAll(async () => void (server = await startMatrixServer()));
afterAll(() => server.stop());

it(`every way in over HTTP answers what nobody should send in the words of the protocol, seed ${seed}`, async () => {
  const rows = await allRows();
  const wrong: string[] = [];
  for (const row of rows) {
    for (let round = 0; round < requests; round += 4) {
      const answers = await Promise.all(Array.from({ length: 4 }, () => askOddly(row)));
      wrong.push(...answers.filter((problem) => problem !== ''));
    }
  }
  expect(rows.length).toBeGreaterThan(20);
  expect(wrong).toEqual([]);
  expect(server.errors).toEqual([]);
}, 240_000);

/** What is wrong with the answer to one odd request; '' = nothing. */
async function askOddly(row: RouteRow): Promise<string> {
  const person = random.pick(server.people);
  const pieces = server.fill(row.url ?? row.route).split('/');
  const at = random.integer(2, pieces.length - 1);
  if (random.chance(0.3)) pieces[at] = encodeURIComponent(String(random.pick(oddTexts)));
  const query = random.chance(0.2)
    ? `?limit=${encodeURIComponent(String(random.pick(oddTexts)))}&before[]=1&x=%00`
    : '';
  const url = pieces.join('/') + query;
  const given = row.method === 'GET' ? undefined : random.chance(0.9) ? mutate(random, filled(row.body ?? {})) : 'x';
  const { status, code, text } = await server.ask(server.tokenOf(person), row.method, url, given);
  const what = `${row.method} ${url} ${JSON.stringify(given)?.slice(0, 200)} as ${person.name}: ${status} ${text.slice(0, 200)}`;
  if (internals.test(text) && row.route !== '/metrics') return what;
  if (status >= 500 && status !== 503) return what;
  return status < 400 || (errorCodes as readonly string[]).includes(code) ? '' : what;
}

function filled(body: Json): Json {
  return server.fill(body);
}

const oddTexts = oddValues.filter((value) => typeof value === 'string' && value.isWellFormed() && value.length < 1000);
