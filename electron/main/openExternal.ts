import { shell } from 'electron';
import { externalAddress } from './externalAddress.ts';

/** Opens an https address in the person's browser; anything else is refused with an Error in words. */
export async function openExternal(address: string): Promise<void> {
  await shell.openExternal(externalAddress(address));
}
