import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from './Prepared.module.css';

interface LetterViewProps {
  /** Empty lines are left out. */
  lines: readonly { name: string; value: readonly string[] }[];
  subject: string;
  body: string;
  /** A quiet word at the end: the format, the level. */
  note: string;
}

/** A message as the person who gets it sees it. */
export function LetterView({ lines, subject, body, note }: LetterViewProps) {
  const words = useRecordWords();
  return (
    <article className={classes.letter}>
      <dl className={classes.letterHead}>
        {lines
          .filter((line) => line.value.length > 0)
          .map((line) => (
            <div key={line.name} className={classes.letterLine}>
              <dt>{line.name}</dt>
              <dd>
                <bdi>{line.value.join(words.listSeparator)}</bdi>
              </dd>
            </div>
          ))}
      </dl>
      <p className={classes.letterSubject} dir="auto">
        {subject}
      </p>
      {body !== '' && (
        <p className={classes.letterBody} dir="auto">
          {body}
        </p>
      )}
      {note !== '' && <p className={classes.letterNote}>{note}</p>}
    </article>
  );
}
