import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { formGroups, hiddenNames } from './formFields.ts';
import type { FormGroup, LockReason } from './formFields.ts';
import { keepDraft, readDraft } from './recordDraft.ts';
import { applyEdits, changedElsewhere, inputOf, keepMine, openEdits, withInput } from './recordEdits.ts';
import type { EditedRecord } from './recordEdits.ts';
import { bodyProblems } from './bodyProblems.ts';

export interface RecordForm {
  resource: Resource;
  record: RecordEnvelope;
  groups: FormGroup[];
  /** Why nothing in the form can be edited, where that is so. */
  locked: LockReason | undefined;
  /** Names of fields this person may not see. */
  hidden: string[];
  inputOf: (path: string) => Json;
  setInput: (path: string, value: Json) => void;
  isDirty: (path: string) => boolean;
  dirtyCount: number;
  errorOf: (path: string) => string | undefined;
  /** Nothing stands in the way of saving. */
  valid: boolean;
  edited: EditedRecord;
  /** Paths that somebody else changed meanwhile. */
  elsewhere: string[];
  keepMine: (path: string) => void;
  revert: (path: string) => void;
  revertAll: () => void;
  /** What was typed came back from before the window closed. */
  restored: boolean;
  /** Errors of fields nobody touched show from the first attempt to save on. */
  attempt: () => void;
  /** A refusal that names a field shows beside it. */
  refuse: (problem: Problem) => void;
}

/** The unsaved edits of one record: kept on this machine until they are saved or taken back. */
export function useRecordForm(resource: Resource, record: RecordEnvelope, purpose: 'edit' | 'create'): RecordForm {
  const { t, i18n } = useTranslation('records');
  const problemText = useProblemText();
  const principal = usePrincipal();
  const draftId = purpose === 'create' ? 'new' : record.id;
  const [typed, setTyped] = useState(() => readDraft(resource.kind, draftId));
  const [restored, setRestored] = useState(() => Object.keys(typed).length > 0);
  const [attempted, setAttempted] = useState(false);
  const [refusal, setRefusal] = useState<Problem>();

  const groups = useMemo(
    () => formGroups(resource, record, principal, purpose),
    [resource, record, principal, purpose],
  );
  const edits = useMemo(() => openEdits(resource, record, typed), [resource, record, typed]);
  const edited = useMemo(() => applyEdits(resource, record, edits), [resource, record, edits]);
  const hidden = useMemo(() => hiddenNames(resource, record, principal), [resource, record, principal]);
  const problems = useMemo(() => {
    const wanted = new Set(
      groups.flatMap((group) => group.fields).flatMap((field) => (field.lock ? [] : [field.path])),
    );
    const found = bodyProblems(resource, edited.body, {
      language: i18n.language,
      required: t('problem.required'),
      pattern: (pattern) => t('problem.pattern', { pattern }),
    });
    return new Map([...found].filter(([path]) => wanted.has(path) && (purpose === 'create' || path in edits)));
  }, [groups, resource, edited.body, i18n.language, t, purpose, edits]);

  const update = (next: typeof typed) => {
    setTyped(next);
    setRefusal(undefined);
    keepDraft(resource.kind, draftId, next);
    if (Object.keys(next).length === 0) setRestored(false);
  };
  const errorOf = (path: string): string | undefined => {
    const input = edited.problems[path];
    if (input) return t(`problem.${input}`);
    if (refusal?.path === path) return problemText(refusal);
    return path in edits || attempted ? problems.get(path) : undefined;
  };
  return {
    resource,
    record,
    groups,
    locked: commonLock(groups),
    hidden,
    inputOf: (path) => inputOf(resource, record, edits, path),
    setInput: (path, value) => update(withInput(resource, record, edits, path, value)),
    isDirty: (path) => path in edits,
    dirtyCount: Object.keys(edits).length,
    errorOf,
    valid: Object.keys(edited.problems).length === 0 && problems.size === 0,
    edited,
    elsewhere: useMemo(() => changedElsewhere(resource, record, edits), [resource, record, edits]),
    keepMine: (path) => update(keepMine(record, edits, path)),
    revert: (path) => update(Object.fromEntries(Object.entries(edits).filter(([one]) => one !== path))),
    revertAll: () => update({}),
    restored,
    attempt: () => setAttempted(true),
    refuse: setRefusal,
  };
}

function commonLock(groups: readonly FormGroup[]): LockReason | undefined {
  const locks = groups.flatMap((group) => group.fields.map((field) => field.lock));
  if (locks.includes(undefined)) return undefined;
  return locks.includes('no_edit') ? 'no_edit' : locks[0];
}
