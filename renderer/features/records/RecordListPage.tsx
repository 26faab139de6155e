export function RecordListPage(_: { kind: string; id?: string }) {
  return null;
}
