import { expect, it } from 'vitest';
import { mergeObjects } from '../../records/merge.ts';
import { role } from './role.ts';

it('two who narrow a role to different tenants at once do not leave it without limits', () => {
  const limitedTo = (...tenants: string[]) => ({ tenants });
  const { merged, conflicts } = mergeObjects(limitedTo('a', 'b'), limitedTo('a'), limitedTo('b'), role.merge);
  expect(merged).toEqual(limitedTo('b'));
  expect(conflicts).toMatchObject([{ path: 'tenants' }]);
});
