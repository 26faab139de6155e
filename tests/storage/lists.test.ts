import { fillWithDefaultSettings } from 'rxdb';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { ListSpec } from '#shared/replica/listColumns.ts';
import type { Condition, ListRequest, Reach } from '#shared/replica/listRequest.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import type { SeededRandom } from '#server/features/demo/seededRandom.ts';
import { replicaSchema } from '#renderer/data/storage/localDocument.ts';
import { engineNames, openWindow } from '#tests/support/storageEngines.ts';
import { lists } from '#tests/support/storageLists.ts';
import { modelGroups, modelList, modelPosition, typeIn } from '#tests/support/storageListModel.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const rounds = 250;
const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);
const schema = fillWithDefaultSettings(replicaSchema);
const words = [
  'Ada',
  'ada',
  'Lefèvre',
  'lefevre',
  'ÉCOLE',
  'école',
  'a b',
  'x',
  '10',
  '9',
  "o'k",
  '日本',
  '',
  'Straße',
];
const instants = [
  '2026-03-01T08:00:00.000Z',
  '2026-03-01T09:30:00.000Z',
  '2026-02-11T00:00:00.000Z',
  '2025-12-31T23:59:59.999Z',
];
const numbers = [0, 1, 7, 7.5, -3, 1200];

function valueOf(random: SeededRandom, path: string, spec: ListSpec): Json | undefined {
  if (random.chance(0.15)) return random.chance(0.5) ? undefined : null;
  const type = [...spec.columns, ...spec.others].find((one) => one.path === path)?.type;
  if (type === 'number') return random.pick(numbers);
  if (type === 'set') return Array.from({ length: random.integer(0, 3) }, () => random.pick(words));
  if (path === 'body.changes') return [{ path: random.pick(words) }];
  if (path === 'body.settings') return { [random.pick(['a', 'b'])]: random.pick(words) };
  return /(at|At)$/.test(path) ? random.pick(instants) : random.pick(words);
}

function documentOf(random: SeededRandom, spec: ListSpec, index: number): JsonObject {
  const body: JsonObject = {};
  const envelope: JsonObject = {};
  for (const { path } of [...spec.columns, ...spec.others]) {
    const value = valueOf(random, path, spec);
    if (path === 'id' || value === undefined) continue;
    if (path.startsWith('body.')) body[path.slice(5)] = value;
    else envelope[path] = value ?? '';
  }
  const deleted = random.weighted({ no: 18, here: 1, yes: 1 });
  return {
    ...envelope,
    id: `${random.hex(2)}-${spec.kind}-${index}`,
    kind: spec.kind,
    version: 1,
    body,
    pending: 0,
    deletedHere: deleted !== 'no',
    edit: null,
    _deleted: deleted === 'yes',
    _attachments: {},
    _meta: { lwt: 1000 },
    _rev: `1-${index}`,
  };
}

function conditionOf(random: SeededRandom, spec: ListSpec): Condition {
  const { path } = random.pick([...spec.columns, ...spec.others]);
  const value = (): Json => valueOf(random, path, spec) ?? '';
  const numeric = typeIn(spec, path).type === 'number';
  const kind = random.pick([
    'is',
    'is_not',
    'is_empty',
    'is_not_empty',
    'less',
    'greater',
    'between',
    'in',
    'contains',
  ] as const);
  const operator = kind === 'contains' && numeric ? 'is' : kind;
  if (operator === 'between') return { path, operator, value: [value(), value()] };
  if (operator === 'in') return { path, operator, value: Array.from({ length: random.integer(0, 3) }, value) };
  if (operator === 'contains') return { path, operator, value: random.pick([...words, 'é', '2026-03', 'TASK']) };
  return { path, operator, value: value() };
}

function reachOf(random: SeededRandom): Reach {
  const some = () => Array.from({ length: random.integer(0, 5) }, () => random.pick(words));
  return {
    tenants: random.chance(0.4) ? '*' : some(),
    own: random.chance(0.5) ? null : { id: random.pick(words), tenants: some() },
  };
}

function requestOf(random: SeededRandom, spec: ListSpec): ListRequest {
  const paths = [...spec.columns, ...spec.others].map(({ path }) => path);
  const times = <Value>(most: number, make: () => Value) => Array.from({ length: random.integer(0, most) }, make);
  const lookup = spec.lookups.find((named) => named.length > 1) ?? [];
  const looked = random.chance(0.15)
    ? lookup.map((path): Condition => ({ path, operator: 'is', value: valueOf(random, path, spec) ?? '' }))
    : [];
  return {
    kind: spec.kind,
    conditions: [...looked, ...(random.chance(0.5) ? times(2, () => conditionOf(random, spec)) : [])],
    words: random.chance(0.2) ? [random.pick(words.filter((word) => word !== ''))] : [],
    order: times(3, () => ({ path: random.pick(paths), descending: random.chance(0.5) })),
    ...(random.chance(0.3) ? { reach: times(2, () => reachOf(random)) } : {}),
  };
}

describe.each(engineNames)('lists over %s', { timeout: 120_000 }, (name) => {
  const { storage } = openWindow(name, { folder: temporaryFolder('lists') });

  const open = async (collectionName: string, documents: readonly JsonObject[]) => {
    const databaseName = `lists-${collectionName}`;
    const instance = await storage.createStorageInstance<JsonObject>({
      databaseInstanceToken: databaseName,
      databaseName,
      collectionName,
      schema: schema as never,
      options: {},
      multiInstance: false,
      devMode: false,
    });
    await instance.bulkWrite(documents.map((document) => ({ document })) as never, 'x');
    return { client: await storage.clientOf(databaseName), close: () => instance.close() };
  };

  it.each([
    ['audit', 'auditEntry'],
    ['tenants', 'tenant'],
  ])(`[S31] [S32] [S33] of %s are those worked out in JavaScript, seed ${seed}`, async (table, kind) => {
    const random = createSeededRandom(seed);
    const specs = lists[table] ?? [];
    const spec = specs.find((one) => one.kind === kind);
    if (!spec) throw new Error(`there is no list of '${kind}'`);
    const documents = Array.from({ length: 240 }, (_, index) =>
      documentOf(random, random.chance(0.8) ? spec : random.pick(specs), index),
    );
    const { client, close } = await open(table, documents);
    let reached = 0;
    for (let round = 0; round < rounds; round += 1) {
      const list = requestOf(random, spec);
      const rows = modelList(spec, documents, list);
      const told = `seed ${seed}, round ${round}: ${JSON.stringify(list)}`;
      expect(await client.call('listCount', { table, list }), `in ${told}`).toBe(rows.length);
      const offset = random.integer(0, rows.length);
      const limit = random.integer(1, 30);
      const wanted = rows.slice(offset, offset + limit);
      const index = random.integer(0, Math.max(0, rows.length - 1));
      const anchor = rows[index] && { index, key: rows[index].key };
      for (const how of [{}, { count: rows.length }, { anchor }, { anchor, count: rows.length }]) {
        const page = await client.call('listPage', { table, list, offset, limit, ...how });
        const ways = `${told}, ${JSON.stringify({ offset, limit, ...how })}`;
        expect(JSON.parse(page.documents), `in ${ways}`).toEqual(wanted.map(({ document }) => document));
        expect([page.first, page.last], `in ${ways}`).toEqual([wanted[0]?.key ?? null, wanted.at(-1)?.key ?? null]);
      }
      const after = rows[offset - 1]?.key ?? null;
      const next = await client.call('listAfter', { table, list, after, limit });
      expect(JSON.parse(next.documents), `in ${told}`).toEqual(wanted.map(({ document }) => document));
      const first = list.order[0]?.path ?? spec.order.path;
      const value = typeIn(spec, first).type === 'number' ? random.pick(numbers) : random.pick([...words, ...instants]);
      const position = await client.call('listPosition', { table, list, value });
      expect(position, `${told} at ${value}`).toBe(modelPosition(spec, rows, list, value));
      const by = [random.pick(spec.columns), random.pick([...spec.columns, ...spec.others])].map(({ path }) =>
        typeIn(spec, path).type !== 'number' && random.chance(0.3) ? { path, prefix: random.integer(1, 10) } : { path },
      );
      const groups = await client.call('listGroups', { table, list, by });
      expect(groups, `${told} by ${JSON.stringify(by)}`).toEqual(modelGroups(spec, rows, by));
      if (wanted.length > 0) reached += 1;
    }
    expect(reached).toBeGreaterThan(rounds / 3);
    await close();
  });
});
