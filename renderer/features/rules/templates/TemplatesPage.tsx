import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import list from '#renderer/ui/ListPage.module.css';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from '../Rules.module.css';
import { TemplateCards } from './TemplateCards.tsx';

/** The gallery of ready rules. */
export function TemplatesPage() {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  return (
    <div className={list.page}>
      <PageHeader
        title={t('templates.title')}
        description={t('templates.text')}
        actions={
          <Button
            component={Link}
            href="/rules"
            variant="default"
            leftSection={<IconArrowLeft size={14} className="mirrored" />}
          >
            {words.kinds('rule')}
          </Button>
        }
      />
      <div className={classes.galleryScroll}>
        <TemplateCards />
      </div>
    </div>
  );
}
