import { useMemo } from 'react';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import type { RecordList } from '#renderer/data/replicaApi.ts';
import { role as roleResource } from '#shared/resources/access/role.ts';
import type { Role } from '#shared/resources/access/role.ts';
import { staff as staffResource } from '#shared/resources/access/staff.ts';
import type { Staff } from '#shared/resources/access/staff.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';

/** What a list answers at most; of more than that a search finds the rest. */
const most = 5000;

export interface Known<Kind> {
  state: RecordList['state'];
  all: readonly Kind[];
  byId: ReadonlyMap<string, Kind>;
}

/** The roles this person may see, by name as it is shown. A record that cannot be read is left out. */
export function useRoles(): Known<Role> & { byKey: ReadonlyMap<string, Role> } {
  const list = useRecordList({ kind: 'role', sort: [{ path: 'body.name', descending: false }], limit: most });
  const { name, compare } = useRoleWords();
  return useMemo(() => {
    const all = list.rows
      .flatMap(({ record }) => asRole(record) ?? [])
      .sort((one, other) => compare(name(one.body), name(other.body)));
    return {
      state: list.state,
      all,
      byId: new Map(all.map((one) => [one.id, one])),
      byKey: new Map(all.map((one) => [one.body.key, one])),
    };
  }, [list, name, compare]);
}

/** The people this person may see, by name; of a search those it finds. `more`: how many of them are not read. */
export function usePeople(search = ''): Known<Staff> & { more: number } {
  const sort = [{ path: 'body.displayName', descending: false }];
  const list = useRecordList({ kind: 'staff', search, sort, limit: most });
  return useMemo(() => {
    const all = list.rows.flatMap(({ record }) => asStaff(record) ?? []);
    const more = Math.max(0, list.count - list.rows.length);
    return { state: list.state, all, byId: new Map(all.map((one) => [one.id, one])), more };
  }, [list]);
}

export function asRole(record: RecordEnvelope): Role | undefined {
  const body = roleResource.body.safeParse(record.body);
  return body.success ? { ...record, body: body.data } : undefined;
}

export function asStaff(record: RecordEnvelope): Staff | undefined {
  const body = staffResource.body.safeParse(record.body);
  return body.success ? { ...record, body: body.data } : undefined;
}
