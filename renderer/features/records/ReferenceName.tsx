import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import classes from './Records.module.css';
import { useFoundRecord } from '#renderer/data/hooks/useFoundRecord.ts';

/** The name of a referenced record as a link; its shortened id where it is not here. */
export function ReferenceName({ kind, id }: { kind: string; id: string }) {
  const words = useRecordWords();
  const found = useFoundRecord(kind, id);
  if (found.state !== 'found') return <span title={id}>{words.name(kind, id)}</span>;
  return (
    <span className={classes.reference}>
      <RecordLink kind={kind} id={id}>
        {words.title(found.record.record)}
      </RecordLink>
    </span>
  );
}
