import { describe, expect, it } from 'vitest';
import { rule } from '#shared/resources/automation/rule.ts';
import { keepDraft } from '../editor/model/keptDraft.ts';
import { keptBody } from './keptBody.ts';

const content = rule.body.parse({ name: 'Welcome', trigger: { type: 'event', pattern: 'user.created' } });

describe('a draft that the editor keeps', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const keep = (given: typeof content) =>
    keepDraft('rule-1', { tenantId: '', content: given, unfinished: {}, base: null, baseVersion: 1 }, storage);

  it('can be simulated', () => {
    keep(content);
    expect(keptBody('rule-1', storage)).toMatchObject({ name: 'Welcome', trigger: { pattern: 'user.created' } });
    expect(keptBody('rule-2', storage)).toBeUndefined();
    expect(keptBody('', storage)).toBeUndefined();
  });

  it('is left alone while it is not whole', () => {
    keep({ ...content, name: '' });
    expect(keptBody('rule-1', storage)).toBeUndefined();
  });
});
