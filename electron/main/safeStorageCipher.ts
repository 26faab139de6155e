import { safeStorage } from 'electron';
import type { Protection } from '#shared/ipc/contract.ts';
import type { Cipher } from './sessionVault.ts';

/** To be made after `ready`: before, Electron does not know its keychain. */
export function safeStorageCipher(): Cipher {
  const basic = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (basic) safeStorage.setUsePlainTextEncryption(true);
  const protection = (): Protection => {
    if (!safeStorage.isEncryptionAvailable()) return 'none';
    return basic ? 'basic' : 'keychain';
  };
  return {
    protection,
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (data) => safeStorage.decryptString(data),
  };
}
