import { Button, Kbd } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { FormFoot } from '#renderer/ui/FormFoot.tsx';
import type { RecordForm } from './useRecordForm.ts';
import type { SaveRecord } from './useSaveRecord.ts';

/** What is not saved, and saving it. Always there, so that nothing jumps. */
export function SaveBar({ form, save }: { form: RecordForm; save: SaveRecord }) {
  const { t } = useTranslation('records');
  if (form.locked) return null;
  return (
    <FormFoot state={stateOf(form, t)} dirty={form.dirtyCount > 0} data-testid="save-state">
      <Button
        size="xs"
        variant="default"
        disabled={form.dirtyCount === 0 || save.saving}
        data-testid="undo-changes"
        onClick={form.revertAll}
      >
        {t('undoChanges')}
      </Button>
      <Button
        size="xs"
        disabled={!save.possible}
        loading={save.saving}
        data-testid="save"
        rightSection={<Kbd size="xs">Ctrl S</Kbd>}
        onClick={save.save}
      >
        {t('save')}
      </Button>
    </FormFoot>
  );
}

function stateOf(form: RecordForm, t: TFunction<'records'>): string {
  if (form.elsewhere.length > 0) return t('elsewhere.notice', { count: form.elsewhere.length });
  if (form.dirtyCount === 0) return t('nothingUnsaved');
  if (!form.valid) return t('invalidFields');
  return form.restored ? t('restored', { count: form.dirtyCount }) : t('unsaved', { count: form.dirtyCount });
}
