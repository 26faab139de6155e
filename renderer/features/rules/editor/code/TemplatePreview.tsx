import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { renderTemplate } from '#shared/domain/automation/values/renderTemplate.ts';
import { useKnowledge } from '../model/KnowledgeContext.ts';
import classes from './Inputs.module.css';

interface TemplatePreviewProps {
  source: string;
  format: 'text' | 'html';
  label: string;
  large: boolean;
}

/** What a template gives for the chosen sample. HTML is shown as a page that can run nothing and load nothing. */
export function TemplatePreview({ source, format, label, large }: TemplatePreviewProps) {
  const { t } = useTranslation('rules');
  const { sample } = useKnowledge();
  const written = useDeferredValue(source);
  const shown = large ? written !== '' : /\{[{%]/.test(written);
  const rendered = useMemo(
    () => (shown ? renderTemplate(written, sample.view, { escape: format === 'html' ? 'html' : 'none' }) : undefined),
    [written, sample.view, format, shown],
  );
  if (!rendered) return null;
  if (!rendered.ok) {
    const { line, column, message } = rendered.error;
    return (
      <p className={classes.previewError} role="status">
        {t('code.templateProblem', { line, column, message })}
      </p>
    );
  }
  const { text, unknownVariables } = rendered.value;
  return (
    <figure className={classes.preview} data-large={large || undefined}>
      <figcaption className={classes.previewName}>{t('code.preview')}</figcaption>
      {format === 'html' ? (
        <iframe className={classes.page} sandbox="" srcDoc={text} title={t('code.previewOf', { field: label })} />
      ) : (
        <div className={classes.rendered} dir="auto" data-testid="template-preview">
          {text === '' ? <span className={classes.quiet}>{t('code.rendersEmpty')}</span> : text}
        </div>
      )}
      {unknownVariables.length > 0 && (
        <p className={classes.quiet}>{t('code.emptyHere', { names: unknownVariables.join(', ') })}</p>
      )}
    </figure>
  );
}
