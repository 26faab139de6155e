import { Button, Group, Modal, Progress, Select, Stack } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { RecordPatch } from '#renderer/data/replicaApi.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { FieldInput } from './FieldInput.tsx';
import classes from './RecordList.module.css';
import { hintAtPath } from './formFields.ts';
import { applyEdits, withInput } from './recordEdits.ts';
import { runBulk } from './runBulk.ts';
import type { BulkProgress } from './runBulk.ts';
import { toInput } from './formValue.ts';

interface BulkDialogProps {
  resource: Resource;
  records: readonly RecordEnvelope[];
  purpose: 'edit' | 'delete';
  /** Chosen beforehand, `assignedTo` for assigning. */
  path?: string;
  /** Hears which records were changed or deleted. */
  onClose: (done: readonly string[]) => void;
}

const samples = 5;
/** Failures shown by name. */
const namedFailures = 200;

/** Changes or deletes many records: what will be touched, then one after the other with a stop, then what failed. */
export function BulkDialog({ resource, records, purpose, path: given, onClose }: BulkDialogProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const replica = useReplica();
  const stop = useRef(false);
  // The records as they were when the dialog opened: what is shown is what is touched.
  const [targets] = useState(records);
  const [path, setPath] = useState(given ?? '');
  const [input, setInput] = useState<Json>('');
  const [progress, setProgress] = useState<BulkProgress>();
  const editable = Object.keys(resource.body.shape)
    .filter((name) => !resource.serverFields.includes(name) && !resource.secretFields.includes(name))
    .map((name) => `body.${name}`);
  const paths = [...editable, 'assignedTo'];
  const close = () => onClose(progress?.done ?? []);
  const running = progress?.state === 'running';

  const start = async (ids: readonly string[]) => {
    stop.current = false;
    const byId = new Map(targets.map((record) => [record.id, record]));
    setProgress({ done: [], failed: [], left: ids, state: 'running' });
    const act = (id: string) => {
      if (purpose === 'delete') return replica.remove(resource.kind, id);
      const record = byId.get(id);
      return replica.edit(resource.kind, id, record ? patchOf(resource, record, path, input) : {});
    };
    await runBulk(ids, act, () => stop.current, setProgress);
  };
  // Not while it runs: with thousands of records this is asked after each of them.
  const invalid =
    !progress &&
    purpose === 'edit' &&
    (path === '' || targets.some((record) => hasProblem(resource, record, path, input)));
  const title =
    purpose === 'edit'
      ? t('bulk.editTitle', { count: targets.length })
      : t('bulk.deleteTitle', { count: targets.length });
  return (
    <Modal opened onClose={() => !running && close()} title={title} size="lg" centered>
      <Stack gap="md">
        {purpose === 'edit' && !progress && (
          <>
            <Select
              label={t('bulk.field')}
              data-testid="bulk-field"
              data={paths.map((one) => ({ value: one, label: words.field(resource.kind, one) }))}
              value={path === '' ? null : path}
              searchable
              onChange={(chosen) => {
                setPath(chosen ?? '');
                setInput(chosen ? toInput(hintAtPath(resource, chosen), undefined) : '');
              }}
            />
            {path !== '' && (
              <FieldInput
                key={path}
                path={path}
                hint={hintAtPath(resource, path)}
                label={t('bulk.value')}
                value={input}
                onChange={setInput}
                options={words.options(resource.kind, path)}
              />
            )}
          </>
        )}
        {!progress && (
          <div>
            <p className={classes.paragraph}>{t('bulk.will', { count: targets.length })}</p>
            <ul className={classes.plain}>
              {targets.slice(0, samples).map((record) => (
                <li key={record.id} dir="auto">
                  {words.title(record)}
                </li>
              ))}
              {targets.length > samples && (
                <li className={classes.quiet}>{t('bulk.more', { count: targets.length - samples })}</li>
              )}
            </ul>
          </div>
        )}
        {progress && <BulkResult progress={progress} targets={targets} />}
        <Group justify="flex-end" gap="xs">
          {running ? (
            <Button
              color="red"
              data-testid="bulk-stop"
              onClick={() => {
                stop.current = true;
              }}
            >
              {t('bulk.stop')}
            </Button>
          ) : (
            <>
              <Button variant="default" onClick={close}>
                {progress ? t('close') : t('cancel')}
              </Button>
              {progress && progress.failed.length > 0 && (
                <Button onClick={() => void start(progress.failed.map((one) => one.id))}>{t('bulk.retry')}</Button>
              )}
              {!progress && (
                <Button
                  color={purpose === 'delete' ? 'red' : undefined}
                  disabled={invalid}
                  data-testid="bulk-apply"
                  onClick={() => void start(targets.map((record) => record.id))}
                >
                  {purpose === 'delete' ? t('delete.act') : t('bulk.apply')}
                </Button>
              )}
            </>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function editsOf(resource: Resource, record: RecordEnvelope, path: string, input: Json) {
  return applyEdits(resource, record, withInput(resource, record, {}, path, input));
}

function patchOf(resource: Resource, record: RecordEnvelope, path: string, input: Json): RecordPatch {
  return editsOf(resource, record, path, input).patch;
}

function hasProblem(resource: Resource, record: RecordEnvelope, path: string, input: Json): boolean {
  return Object.keys(editsOf(resource, record, path, input).problems).length > 0;
}

function BulkResult({ progress, targets }: { progress: BulkProgress; targets: readonly RecordEnvelope[] }) {
  const { t } = useTranslation('records');
  const problemText = useProblemText();
  const words = useRecordWords();
  const tried = progress.done.length + progress.failed.length;
  const total = tried + progress.left.length;
  const titles = useMemo(() => new Map(targets.map((record) => [record.id, words.title(record)])), [targets, words]);
  return (
    <div role="status" data-testid="bulk-result" data-state={progress.state}>
      <Progress
        value={total === 0 ? 100 : (tried / total) * 100}
        aria-label={t('bulk.progress', { done: tried, total })}
      />
      <p className={classes.paragraph}>
        {progress.state === 'running'
          ? t('bulk.progress', { done: tried, total })
          : t('bulk.result', {
              done: progress.done.length,
              failed: progress.failed.length,
              left: progress.left.length,
            })}
      </p>
      {progress.failed.length > 0 && (
        <ul className={classes.failures} aria-label={t('bulk.failures')}>
          {progress.failed.slice(0, namedFailures).map(({ id, problem }) => (
            <li key={id}>
              <b dir="auto">{titles.get(id)}</b> {problemText(problem)}
            </li>
          ))}
          {progress.failed.length > namedFailures && (
            <li className={classes.quiet}>{t('bulk.more', { count: progress.failed.length - namedFailures })}</li>
          )}
        </ul>
      )}
    </div>
  );
}
