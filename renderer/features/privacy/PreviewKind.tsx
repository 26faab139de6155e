import { Table, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrivacyPreview } from '#shared/protocol/privacy.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import classes from './Privacy.module.css';
import { useKindWords } from './useKindWords.ts';

/** One kind of what was found; opens to the records and the places in them. */
export function PreviewKind({ found }: { found: PrivacyPreview['kinds'][number] }) {
  const { t } = useTranslation('privacy');
  const words = useRecordWords();
  const kinds = useKindWords();
  const [open, setOpen] = useState(false);
  const { kind, count, samples } = found;
  const Mark = open ? IconChevronDown : IconChevronRight;
  return (
    <>
      <Table.Tr data-testid={`found-${kind}`}>
        <Table.Td>
          {samples.length === 0 ? (
            kinds(kind)
          ) : (
            <UnstyledButton fz="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
              <span className={classes.due}>
                <Mark size={14} aria-hidden="true" className={open ? '' : classes.onward} />
                {kinds(kind)}
              </span>
            </UnstyledButton>
          )}
        </Table.Td>
        <Table.Td className={classes.number}>{words.number(count)}</Table.Td>
      </Table.Tr>
      {open && (
        <Table.Tr>
          <Table.Td colSpan={2}>
            <ul className={classes.samples}>
              {samples.map(({ id, locations }) => (
                <li key={id} className={classes.sample}>
                  <RecordLink kind={kind} id={id}>
                    {words.name(kind, id)}
                  </RecordLink>
                  {locations.map(({ path, occurrence }) => (
                    <span key={`${path}/${occurrence}`} className={classes.quiet}>
                      {t(`occurrence.${occurrence}`)}{' '}
                      {occurrence !== 'is' && (
                        <code className={classes.path} dir="ltr">
                          {path}
                        </code>
                      )}
                    </span>
                  ))}
                </li>
              ))}
              {count > samples.length && (
                <li className={classes.quiet}>{t('compliance.more', { count: count - samples.length })}</li>
              )}
            </ul>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}
