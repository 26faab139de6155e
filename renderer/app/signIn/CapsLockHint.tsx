import { IconArrowBigUpLine } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyGate } from '../lock/keyGate.ts';
import classes from './SignIn.module.css';

/** Says that Caps Lock is on, as far as a key told. */
export function CapsLockHint() {
  const { t } = useTranslation('account');
  const [on, setOn] = useState(false);
  useEffect(() => keyGate.observe((event) => setOn(event.getModifierState('CapsLock'))), []);
  return (
    <p className={classes.hint} role="status" hidden={!on}>
      <IconArrowBigUpLine size={14} aria-hidden="true" /> {on && t('capsLock')}
    </p>
  );
}
