import { Button } from '@mantine/core';
import { IconArrowBackUp, IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useViewAs } from '#renderer/data/hooks/viewAsContext.ts';
import classes from './ViewAs.module.css';

/** Says that the console is not one's own at the moment, and leads back. */
export function ViewAsBanner() {
  const { t } = useTranslation('access');
  const { view, end } = useViewAs();
  const [, navigate] = useLocation();
  if (!view) return null;
  const leave = () => {
    end();
    navigate(view.roleId === '' ? '/roles' : `/roles/${encodeURIComponent(view.roleId)}`);
  };
  return (
    <div className={classes.banner} role="status" data-testid="view-as-banner">
      <IconEye size={16} aria-hidden="true" />
      <p>
        <strong>{t(view.draft ? 'viewAs.bannerDraft' : 'viewAs.banner', { role: view.name })}</strong>{' '}
        {t('viewAs.bannerText')}
      </p>
      <Button
        size="compact-sm"
        variant="white"
        color="dark"
        leftSection={<IconArrowBackUp size={14} className="mirrored" />}
        data-testid="view-as-end"
        onClick={leave}
      >
        {t('viewAs.end')}
      </Button>
    </div>
  );
}
