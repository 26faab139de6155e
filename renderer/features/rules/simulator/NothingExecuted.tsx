import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Simulator.module.css';

/** Says that whatever is shown here stays here. */
export function NothingExecuted() {
  const { t } = useTranslation('simulator');
  return (
    <p className={classes.banner} role="note">
      <IconShieldCheck size={16} aria-hidden="true" />
      <span>
        <strong>{t('nothing.title')}</strong> {t('nothing.text')}
      </span>
    </p>
  );
}
