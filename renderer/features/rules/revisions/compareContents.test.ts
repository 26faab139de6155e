import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { compareContents } from './compareContents.ts';

const mail = (id: string, more: JsonObject = {}): JsonObject => ({
  id,
  name: id,
  type: 'email',
  to: 'a@b.example',
  ...more,
});
const content = (steps: JsonObject[], more: JsonObject = {}): JsonObject => ({
  name: 'Rule',
  priority: 1,
  steps,
  ...more,
});

describe('two contents of a rule', () => {
  it('differ in nothing when they say the same, whatever the server counted', () => {
    expect(compareContents(content([mail('a')], { revision: 1 }), content([mail('a')], { revision: 9 }))).toEqual([]);
  });

  it('are compared field by field, conditions as one', () => {
    const changes = compareContents(
      content([], { trigger: { type: 'event', pattern: 'a.b' }, conditions: { match: 'and', conditions: [] } }),
      content([], { trigger: { type: 'event', pattern: 'a.*' }, conditions: { match: 'or', conditions: [] } }),
    );
    expect(changes).toEqual([
      { what: 'field', path: 'trigger.pattern', before: 'a.b', after: 'a.*' },
      {
        what: 'field',
        path: 'conditions',
        before: { match: 'and', conditions: [] },
        after: { match: 'or', conditions: [] },
      },
    ]);
  });

  it('find a step again that was changed, added, removed', () => {
    const changes = compareContents(
      content([mail('a'), mail('b')]),
      content([mail('a', { to: 'c@d.example' }), mail('c')]),
    );
    expect(changes.map((change) => [change.what, 'id' in change ? change.id : ''])).toEqual([
      ['step_changed', 'a'],
      ['step_added', 'c'],
      ['step_removed', 'b'],
    ]);
    expect(changes[0]).toMatchObject({ fields: [{ path: 'to', before: 'a@b.example', after: 'c@d.example' }] });
  });

  it('say that a step moved into a branch or past another, and of the others nothing', () => {
    const branch = (inner: JsonObject[]): JsonObject => ({
      id: 'if',
      name: 'if',
      type: 'condition',
      then: inner,
      otherwise: [],
    });
    expect(compareContents(content([mail('a'), branch([])]), content([branch([mail('a')])]))).toEqual([
      {
        what: 'step_moved',
        id: 'a',
        name: 'a',
        type: 'email',
        from: { list: '', place: 1 },
        to: { list: 'if.then', place: 1 },
      },
    ]);
    const moved = compareContents(
      content([mail('a'), mail('b'), mail('c')]),
      content([mail('c'), mail('a'), mail('b')]),
    );
    expect(moved).toMatchObject([{ what: 'step_moved', id: 'c', from: { place: 3 }, to: { place: 1 } }]);
    expect(compareContents(content([mail('a'), mail('b')]), content([mail('x'), mail('a'), mail('b')]))).toMatchObject([
      { what: 'step_added', id: 'x' },
    ]);
  });
});
