import { useTranslation } from 'react-i18next';
import type { PreparedStep } from '#shared/domain/automation/steps/preparedStep.ts';
import classes from './Prepared.module.css';

/** A request as it would go over the wire. */
export function RequestView({ request }: { request: Extract<PreparedStep, { type: 'webhook' }> }) {
  const { t } = useTranslation('simulator');
  const headers = Object.entries(request.headers);
  return (
    <div className={classes.request} dir="ltr">
      <p className={classes.requestLine}>
        <span className={classes.method}>{request.method}</span> <span className={classes.address}>{request.url}</span>
      </p>
      {(headers.length > 0 || request.secret !== '') && (
        <dl className={classes.headers}>
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          {request.secret !== '' && (
            <div>
              <dt>webhook-signature</dt>
              <dd dir="auto">{t('webhook.signed', { name: request.secret })}</dd>
            </div>
          )}
        </dl>
      )}
      {request.body !== '' && (
        <pre className={classes.json} tabIndex={0} role="region" aria-label={t('webhook.body')}>
          {laidOut(request.body)}
        </pre>
      )}
    </div>
  );
}

function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
