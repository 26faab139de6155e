export function RecordPage(_: { kind: string; id?: string }) {
  return null;
}
