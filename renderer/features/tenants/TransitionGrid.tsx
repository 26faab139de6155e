import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useTransitionSentence } from '#renderer/data/hooks/useTransitionSentence.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import type { TransitionResult } from './runTransitions.ts';
import classes from './Tenants.module.css';
import type { TransitionPreview } from './transitionPreview.ts';

interface TransitionGridProps {
  records: readonly RecordEnvelope[];
  to: string;
  preview: TransitionPreview;
  results: readonly TransitionResult[];
}

/** Every chosen tenant with what will happen to it, or with what happened. */
export function TransitionGrid({ records, to, preview, results }: TransitionGridProps) {
  const { t } = useTranslation('tenants');
  const words = useRecordWords();
  const problemText = useProblemText();
  const sentence = useTransitionSentence();
  const refusals = new Map(preview.refused.map(({ record, problem }) => [record.id, problem]));
  const outcomes = new Map(results.map((result) => [result.id, result]));
  const doneCount = results.filter((result) => result.outcome === 'done').length;
  const outcomeOf = (record: RecordEnvelope): { tone: 'success' | 'danger' | 'info' | 'neutral'; text: string } => {
    const result = outcomes.get(record.id);
    if (result?.outcome === 'done') return { tone: 'success', text: t('bulk.done') };
    if (result?.outcome === 'failed') return { tone: 'danger', text: problemText(result.problem) };
    if (result?.outcome === 'stopped') return { tone: 'neutral', text: t('bulk.stopped') };
    const problem = refusals.get(record.id);
    if (!problem) return { tone: 'info', text: t('bulk.will', { state: words.state('tenant', to) }) };
    if (problem.reason === 'already_there')
      return { tone: 'neutral', text: t('bulk.already', { state: words.state('tenant', to) }) };
    return { tone: 'danger', text: sentence('tenant', problem, record.status, to) };
  };
  const sorted = [...records].sort((left, right) => Number(refusals.has(right.id)) - Number(refusals.has(left.id)));
  return (
    <section className={classes.grid} aria-label={t('bulk.preview')}>
      <h2 className={classes.heading}>
        {results.length === 0
          ? t('bulk.summary', { accepted: preview.accepted.length, refused: preview.refused.length })
          : t('bulk.outcome', { done: doneCount, left: records.length - doneCount })}
      </h2>
      <VirtualList
        items={sorted}
        keyOf={(record) => record.id}
        estimate={48}
        label={t('bulk.preview')}
        render={(record) => {
          const outcome = outcomeOf(record);
          return (
            <div
              className={classes.gridRow}
              data-testid={`preview-${record.id}`}
              data-refused={refusals.has(record.id) || undefined}
            >
              <span className={classes.cell}>
                <RecordLink kind="tenant" id={record.id}>
                  {words.title(record)}
                </RecordLink>
              </span>
              <StatusMark tone={words.tone('tenant', record.status)}>{words.state('tenant', record.status)}</StatusMark>
              <StatusMark tone={outcome.tone}>{outcome.text}</StatusMark>
            </div>
          );
        }}
      />
    </section>
  );
}
