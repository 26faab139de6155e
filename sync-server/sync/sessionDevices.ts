import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { StoreReader } from '../storage/store.ts';

/** New audit entries that name a session and no device get the session's; those of an import stay as they are. */
export async function withDevices(entries: readonly RecordEnvelope[], reader: StoreReader): Promise<RecordEnvelope[]> {
  const devices = new Map<string, string>();
  const filled: RecordEnvelope[] = [];
  for (const entry of entries) {
    const { session, device, format } = entry.body;
    if (format !== undefined || typeof session !== 'string' || session === '' || device !== '') {
      filled.push(entry);
      continue;
    }
    let known = devices.get(session);
    if (known === undefined) {
      known = ((await reader.getSession(session))?.device ?? '').slice(0, 200).toWellFormed();
      devices.set(session, known);
    }
    filled.push(known === '' ? entry : { ...entry, body: { ...entry.body, device: known } });
  }
  return filled;
}
