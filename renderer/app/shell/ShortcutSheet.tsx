import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { areasFor } from '../places.ts';
import classes from './ShortcutSheet.module.css';

const groups = [
  {
    name: 'general',
    rows: [
      ['palette', 'Ctrl K'],
      ['undo', 'Ctrl Z'],
      ['redo', 'Ctrl Shift Z'],
      ['sheet', '?'],
      ['save', 'Ctrl S'],
      ['lock', 'Ctrl Shift L'],
      ['why', 'Alt ?'],
    ],
  },
  {
    name: 'lists',
    rows: [
      ['next', 'J'],
      ['previous', 'K'],
      ['open', 'Enter'],
      ['select', 'X'],
      ['edit', 'E'],
      ['assign', 'A'],
      ['find', '/'],
    ],
  },
] as const;

const keyNames: Readonly<Record<string, string>> = { Comma: ',' };

/** Every shortcut. Letters are physical keys, so they work on any layout. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('shell');
  const words = useRecordWords();
  const principal = usePrincipal();
  const places = principal ? areasFor(principal).flatMap((area) => area.places) : [];
  return (
    <Modal opened={opened} onClose={onClose} title={t('shortcuts')} size="lg" centered>
      <div className={classes.sheet}>
        {groups.map((group) => (
          <section key={group.name} className={classes.sheetGroup}>
            <h3>{t(`sheet.${group.name}`)}</h3>
            {group.rows.map(([name, keys]) => (
              <div key={name} className={classes.sheetRow}>
                <span>{t(`sheet.${name}`)}</span>
                <Kbd size="xs">{keys}</Kbd>
              </div>
            ))}
          </section>
        ))}
        <section className={classes.sheetGroup}>
          <h3>{t('sheet.places')}</h3>
          {places.map(({ path, name, kind, key }) =>
            key === undefined ? null : (
              <div key={path} className={classes.sheetRow}>
                <span>{kind === undefined ? t(`place.${name}`) : words.kinds(kind)}</span>
                <Kbd size="xs">G {keyNames[key] ?? key.replace('Key', '')}</Kbd>
              </div>
            ),
          )}
        </section>
      </div>
    </Modal>
  );
}
