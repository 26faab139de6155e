import { expect, it } from 'vitest';
import { pushRowSchema } from '#shared/protocol/messages.ts';
import { newTask } from '#tests/support/protocolClient.ts';
import { readRow } from './readRow.ts';

const task = newTask('Call back', { body: { description: 'With a list', nested: [{ a: [1, null, true, 'é'] }] } });
const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;
const withBody = (body: unknown) => ({ ...task, doc: { ...task.doc, body } });

it.each([
  ['a row', { ...task, reason: 'because', madeAt: task.doc.createdAt }],
  ['with members that nobody knows', { ...task, more: 1, doc: { ...task.doc, more: { deep: [] } } }],
  ['a deletion', { baseVersion: 1, doc: { id: 'a', kind: 'task', tenantId: '', version: 2, _deleted: true } }],
  ['a deletion with everything else', { ...task, doc: { ...task.doc, _deleted: true } }],
  ['one that says it is not deleted', { ...task, doc: { ...task.doc, _deleted: false } }],
  ['with a member that would be a prototype', withBody(JSON.parse('{"title":"a","__proto__":{"b":1}}'))],
])('%s is read as the protocol says', (_name, raw) => {
  expect(readRow(raw, 'runs')).toMatchObject({ row: pushRowSchema.parse(raw), resource: { kind: 'task' } });
  const { row } = readRow(raw, 'runs') as { row: { doc: object } };
  expect(row.doc).toEqual(pushRowSchema.parse(raw).doc);
});

it.each([
  ['no row', 7],
  ['nothing', undefined],
  ['no document', { baseVersion: 0 }],
  ['a moment that is none', { ...task, doc: { ...task.doc, updatedAt: 'yesterday' } }],
  ['a version that is none', { ...task, doc: { ...task.doc, version: 0 } }],
  ['a body that is a list', withBody([])],
  ['half of a surrogate pair', withBody({ title: '\ud800' })],
  ['half of a surrogate pair in a name', withBody({ ['\ud800']: 1 })],
  ['bytes', withBody({ title: Buffer.from('bytes') })],
  ['a number that JSON has not', withBody({ title: Number.NaN })],
  ['too many levels', withBody({ deep: nested(65) })],
  ['what no recursion survives', withBody({ deep: nested(100_000) })],
])('%s is refused', (_name, raw) => {
  expect(readRow(raw, 'runs')).toMatchObject({ problem: { code: 'invalid' } });
});

it('a kind belongs to its collection', () => {
  expect(readRow(task, 'tenants')).toMatchObject({ problem: { code: 'invalid', path: 'kind' } });
});
