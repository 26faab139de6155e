export function NewRecordPage(_: { kind: string; id?: string }) {
  return null;
}
