import { Alert, Button, Group, Modal } from '@mantine/core';
import { IconArrowsSplit, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { FieldDiff } from '#renderer/ui/FieldDiff.tsx';
import classes from './Editor.module.css';
import { useEditor } from './model/useEditor.ts';
import type { OpenRule } from './model/useOpenRule.ts';
import { fieldJson } from './model/useSaveRule.ts';

/** What a person must know about the draft: it came back, or somebody else stored the rule meanwhile. */
export function DraftNotices({ open }: { open: OpenRule }) {
  const { t } = useTranslation('rules');
  const words = useRecordWords();
  const [compared, setCompared] = useState(false);
  const { standing } = open;
  const clash = standing.state === 'conflict' || standing.state === 'apart' ? standing : undefined;
  const names = (clash?.state === 'conflict' ? clash.both : (clash?.theirs ?? []))
    .map((name) => words.field('rule', `body.${name}`))
    .join(words.listSeparator);
  return (
    <>
      {open.restored && !clash && (
        <Alert
          className={classes.notice}
          variant="light"
          color="blue"
          icon={<IconHistory size={16} />}
          data-testid="draft-restored"
        >
          <span className={classes.noticeLine}>
            {t('draft.restored')}
            <Button size="compact-xs" variant="default" onClick={open.discard} data-testid="draft-discard">
              {t('draft.discard')}
            </Button>
          </span>
        </Alert>
      )}
      {clash && (
        <Alert
          className={classes.notice}
          variant="light"
          color="orange"
          icon={<IconArrowsSplit size={16} />}
          data-testid="draft-conflict"
        >
          <span className={classes.noticeLine}>
            {t(clash.state === 'conflict' ? 'draft.conflict' : 'draft.apart', { fields: names })}
            <Group gap={6} wrap="nowrap">
              <Button size="compact-xs" variant="default" onClick={open.keepMine} data-testid="keep-mine">
                {t(clash.state === 'conflict' ? 'draft.keepMine' : 'draft.keepBoth')}
              </Button>
              <Button size="compact-xs" variant="default" onClick={open.takeTheirs} data-testid="take-theirs">
                {t('draft.takeTheirs')}
              </Button>
              <Button size="compact-xs" variant="subtle" onClick={() => setCompared(true)} data-testid="see-difference">
                {t('draft.compare')}
              </Button>
            </Group>
          </span>
        </Alert>
      )}
      <Modal
        opened={compared && clash !== undefined}
        onClose={() => setCompared(false)}
        title={t('draft.difference')}
        size="xl"
      >
        <Difference open={open} />
      </Modal>
    </>
  );
}

function Difference({ open }: { open: OpenRule }) {
  const { t } = useTranslation('rules');
  const words = useRecordWords();
  const mine = useEditor((state) => state.draft.content);
  const { standing, stored } = open;
  if (!stored || (standing.state !== 'conflict' && standing.state !== 'apart')) return null;
  const show = (name: (typeof standing.theirs)[number], content: typeof mine) => (
    <span className={classes.value}>
      {words.value('rule', `body.${name}`, fieldJson(content, name)) || t('draft.empty')}
    </span>
  );
  return (
    <FieldDiff
      rows={standing.theirs.map((name) => ({
        key: name,
        label: words.field('rule', `body.${name}`),
        before: show(name, stored),
        after: show(name, mine),
      }))}
      words={{
        caption: t('draft.difference'),
        field: t('draft.field'),
        before: t('draft.theirs'),
        after: t('draft.mine'),
      }}
    />
  );
}
