import { useTranslation } from 'react-i18next';
import { unreachable } from '#shared/kernel/exhaustive.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { PreparedStep } from '#shared/domain/automation/steps/preparedStep.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { valueAtPath } from '#shared/records/valueAtPath.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { FieldDiff } from '#renderer/ui/FieldDiff.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { Fact, Facts } from './Facts.tsx';
import classes from './Prepared.module.css';
import { LetterView } from './LetterView.tsx';
import { RequestView } from './RequestView.tsx';
import { ValueText } from './ValueText.tsx';

interface PreparedViewProps {
  prepared: PreparedStep;
  /** The record the event is about, so that a change of it is shown beside what is there. */
  record: RecordEnvelope | null;
}

/** What a step would do, with its rendered values, in the shape of the thing itself. */
export function PreparedView({ prepared, record }: PreparedViewProps) {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  switch (prepared.type) {
    case 'email':
      return (
        <LetterView
          lines={[
            { name: t('mail.to'), value: prepared.to },
            { name: t('mail.cc'), value: prepared.cc },
            { name: t('mail.replyTo'), value: prepared.replyTo === '' ? [] : [prepared.replyTo] },
          ]}
          subject={prepared.subject}
          body={prepared.format === 'html' ? textOfHtml(prepared.body) : prepared.body}
          note={prepared.format === 'html' ? t('mail.html') : ''}
        />
      );
    case 'notification':
      return (
        <LetterView
          lines={[{ name: t('notification.to'), value: prepared.to }]}
          subject={prepared.subject}
          body={prepared.message}
          note={t(`notification.level.${prepared.level}`)}
        />
      );
    case 'meeting':
      return (
        <LetterView
          lines={[
            { name: t('meeting.attendees'), value: prepared.attendees },
            {
              name: t('meeting.when'),
              value: [
                `${words.instant(prepared.startsAt)} · ${t('meeting.minutes', { count: prepared.durationMinutes })}`,
              ],
            },
            { name: t('meeting.location'), value: prepared.location === '' ? [] : [prepared.location] },
          ]}
          subject={prepared.title}
          body={prepared.description}
          note=""
        />
      );
    case 'webhook':
      return <RequestView request={prepared} />;
    case 'approval':
      return (
        <div className={classes.block}>
          <p className={classes.question}>
            <bdi>{prepared.question}</bdi>
          </p>
          <Facts
            facts={[
              { name: t('approval.permission'), value: prepared.permission, code: true },
              {
                name: t('approval.onReject'),
                value: t(prepared.onReject === 'stop' ? 'approval.stops' : 'approval.goesOn'),
              },
              ...(prepared.escalateAfterMinutes > 0
                ? [
                    {
                      name: t('approval.escalates'),
                      value: `${t('minutes', { count: prepared.escalateAfterMinutes })}${prepared.escalateTo === '' ? '' : ` · ${prepared.escalateTo}`}`,
                    },
                  ]
                : []),
              ...(prepared.expireAfterMinutes > 0
                ? [{ name: t('approval.expires'), value: t('minutes', { count: prepared.expireAfterMinutes }) }]
                : []),
            ]}
          />
        </div>
      );
    case 'changeRecord': {
      const known = record && record.kind === prepared.kind && record.id === prepared.id ? record : null;
      return (
        <div className={classes.block}>
          <RecordName kind={prepared.kind} id={prepared.id} />
          <FieldDiff
            rows={prepared.changes.map((change) => ({
              key: change.path,
              label: words.field(prepared.kind, change.path),
              before: known ? (
                <ValueText value={valueAtPath(known, change.path)} kind={prepared.kind} path={change.path} />
              ) : (
                <span className={classes.quiet}>{t('record.unknownBefore')}</span>
              ),
              after: <ValueText value={change.value} kind={prepared.kind} path={change.path} />,
            }))}
            words={{
              caption: t('record.changes'),
              field: t('record.field'),
              before: t('record.before'),
              after: t('record.after'),
            }}
          />
          {prepared.reason !== '' && <Facts facts={[{ name: t('record.reason'), value: prepared.reason }]} />}
        </div>
      );
    }
    case 'tagRecord':
      return (
        <div className={classes.block}>
          <RecordName kind={prepared.kind} id={prepared.id} />
          <Facts
            facts={[
              ...(prepared.add.length > 0
                ? [{ name: t('record.addTags'), value: prepared.add.join(words.listSeparator) }]
                : []),
              ...(prepared.remove.length > 0
                ? [{ name: t('record.removeTags'), value: prepared.remove.join(words.listSeparator) }]
                : []),
            ]}
          />
        </div>
      );
    case 'createRecord':
      return (
        <div className={classes.block}>
          <p className={classes.lead}>{t('record.creates', { kind: words.kind(prepared.kind) })}</p>
          <dl className={classes.facts}>
            {prepared.tenantId !== '' && (
              <Fact name={words.kind('tenant')}>{words.name('tenant', prepared.tenantId)}</Fact>
            )}
            {prepared.assignedTo !== '' && (
              <Fact name={words.field(prepared.kind, 'assignedTo')}>{words.name('staff', prepared.assignedTo)}</Fact>
            )}
            {Object.entries(prepared.body).map(([name, value]) => (
              <Fact key={name} name={words.field(prepared.kind, `body.${name}`)}>
                <ValueText value={value} kind={prepared.kind} path={`body.${name}`} />
              </Fact>
            ))}
          </dl>
        </div>
      );
    case 'assignRecord':
      return (
        <div className={classes.block}>
          <RecordName kind={prepared.kind} id={prepared.id} />
          <Facts
            facts={[
              prepared.choose.by === 'fixed'
                ? { name: t('record.assignTo'), value: words.name('staff', prepared.choose.staffId) }
                : { name: t(`record.choose.${prepared.choose.by}`), value: prepared.choose.role, code: true },
            ]}
          />
        </div>
      );
    case 'emitEvent':
      return (
        <div className={classes.block}>
          <Facts
            facts={[
              { name: t('emit.name'), value: `${prepared.module}.${prepared.code}`, code: true },
              ...(prepared.tenantId === ''
                ? []
                : [{ name: words.kind('tenant'), value: words.name('tenant', prepared.tenantId) }]),
            ]}
          />
          <JsonBlock value={prepared.data} />
        </div>
      );
    case 'askModel':
      return (
        <div className={classes.block}>
          <p className={classes.question}>
            <bdi>{prepared.question}</bdi>
          </p>
          <ul className={classes.options}>
            {prepared.options.map((option) => (
              <li key={option.id}>
                <StatusMark tone="neutral">{option.label || option.id}</StatusMark>
              </li>
            ))}
          </ul>
        </div>
      );
    case 'runJob':
      return (
        <div className={classes.block}>
          <Facts facts={[{ name: t('job.name'), value: prepared.job, code: true }]} />
          <JsonBlock value={prepared.settings} />
        </div>
      );
    case 'pluginAction':
      return (
        <div className={classes.block}>
          <Facts facts={[{ name: t('job.plugin'), value: `${prepared.plugin}.${prepared.action}`, code: true }]} />
          <JsonBlock value={prepared.settings} />
        </div>
      );
    case 'setVariables':
      return <JsonBlock value={prepared.variables} />;
    case 'takeBranch':
      return <p className={classes.lead}>{t(`branch.${prepared.branch}`)}</p>;
    case 'repeat':
      return (
        <p className={classes.lead}>
          {t('loop.rounds', { count: prepared.items.length })}
          {prepared.leftOut > 0 && ` ${t('loop.leftOut', { count: prepared.leftOut })}`}
        </p>
      );
    case 'waitUntil':
      return <p className={classes.lead}>{t('wait.until', { time: words.instant(prepared.until) })}</p>;
    case 'waitForEvent':
      return (
        <p className={classes.lead}>
          {t('wait.event', { pattern: prepared.pattern, time: words.instant(prepared.until) })}
        </p>
      );
    default:
      return unreachable(prepared);
  }
}

function RecordName({ kind, id }: { kind: string; id: string }) {
  const words = useRecordWords();
  return (
    <p className={classes.lead}>
      <span className={classes.quiet}>{words.kind(kind)}</span>{' '}
      {id === '' ? (
        '–'
      ) : (
        <RecordLink kind={kind} id={id}>
          {words.name(kind, id)}
        </RecordLink>
      )}
    </p>
  );
}

function JsonBlock({ value }: { value: Json }) {
  const { t } = useTranslation('simulator');
  return (
    <pre className={classes.json} dir="ltr" tabIndex={0} role="region" aria-label={t('values')}>
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}

/** The words of an HTML text: what is shown here must not be able to do anything. */
function textOfHtml(html: string): string {
  const document = new DOMParser().parseFromString(
    html.replaceAll(/<(br|\/p|\/h\d|\/li|\/div|\/tr)\b/gi, '\n$&'),
    'text/html',
  );
  return (document.body.textContent ?? '').replaceAll(/\n\s*\n\s*\n+/g, '\n\n').trim();
}
