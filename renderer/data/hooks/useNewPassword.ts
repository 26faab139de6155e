import { useEffect, useState } from 'react';
import type { PasswordCheck } from '#shared/domain/accounts/passwordPolicy.ts';

export interface NewPasswordState {
  password: string;
  /** The same once more. */
  repeated: string;
  /** Of the password as it is; undefined while it is looked at. */
  check: PasswordCheck | undefined;
  /** It may be used, and was typed twice alike. */
  good: boolean;
  change: (next: { password: string; repeated: string }) => void;
}

/** A new password while it is typed, decided by the server's own rules on this computer. It is not made of the person's words. */
export function useNewPassword({ email, name }: { email: string; name: string }): NewPasswordState {
  const [typed, setTyped] = useState({ password: '', repeated: '' });
  const [checked, setChecked] = useState<{ password: string; check: PasswordCheck }>();
  const { password, repeated } = typed;
  useEffect(() => {
    if (password === '') return undefined;
    let over = false;
    const decide = async () => {
      const { checkPassword } = await import('#shared/domain/accounts/passwordPolicy.ts');
      if (!over) setChecked({ password, check: checkPassword(password, { email, name }) });
    };
    // Lists of common passwords are large, and nobody waits for them when the console opens.
    void decide();
    return () => {
      over = true;
    };
  }, [password, email, name]);
  const check = checked?.password === password ? checked.check : undefined;
  const good = check !== undefined && check.problem === undefined && password === repeated;
  return { password, repeated, check, good, change: setTyped };
}
