import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type * as z from 'zod';
import type { tenant } from '#shared/resources/tenants/tenant.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { contrastRatio, gradeContrast, inkOn } from './contrast.ts';
import type { ContrastGrade } from './contrast.ts';
import classes from './Tenants.module.css';

type Branding = z.infer<typeof tenant.body>['branding'];

const marks = { pass: IconCircleCheck, large_only: IconAlertTriangle, fail: IconCircleX } as const;
const fallback = { primaryColor: '#334155', accentColor: '#64748b' };

/** How the tenant's own people see its brand, and whether the colours can be read (WCAG AA). */
export function BrandingPreview({ branding, name }: { branding: Branding; name: string }) {
  const { t } = useTranslation('tenants');
  const primary = branding.primaryColor || fallback.primaryColor;
  const accent = branding.accentColor || fallback.accentColor;
  const checks = [
    { key: 'buttonText', first: inkOn(primary), second: primary },
    { key: 'primaryOnWhite', first: primary, second: '#ffffff' },
    { key: 'accentOnWhite', first: accent, second: '#ffffff' },
  ];
  return (
    <section aria-label={t('branding.title')}>
      <h2 className={classes.heading}>{t('branding.title')}</h2>
      {branding.primaryColor === '' && branding.accentColor === '' && (
        <p className={classes.quiet}>{t('branding.none')}</p>
      )}
      <div className={classes.branding}>
        <div className={classes.brandCard} aria-hidden="true">
          <div className={classes.brandBar} style={{ background: primary, color: inkOn(primary) }}>
            <span className={classes.brandLogo} style={{ color: primary }}>
              {name.slice(0, 1)}
            </span>
            <span className={classes.brandName}>{name}</span>
          </div>
          <div className={classes.brandBody}>
            <span className={classes.brandHeading}>{t('branding.sample')}</span>
            <span style={{ color: accent }}>{branding.customDomain || t('branding.link')}</span>
            <span className={classes.brandButton} style={{ background: primary, color: inkOn(primary) }}>
              {t('branding.button')}
            </span>
          </div>
        </div>
        <ul className={classes.checks}>
          {checks.map(({ key, first, second }) => (
            <ContrastLine key={key} label={t(`branding.${key}`)} ratio={contrastRatio(first, second)} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function ContrastLine({ label, ratio }: { label: string; ratio: number | undefined }) {
  const { t } = useTranslation('tenants');
  const words = useRecordWords();
  if (ratio === undefined) return null;
  const grade: ContrastGrade = gradeContrast(ratio);
  const Mark = marks[grade];
  return (
    <li className={classes.check} data-grade={grade}>
      <Mark size={16} aria-hidden="true" />
      <span>
        {label}: {t('branding.ratio', { ratio: words.number(Math.round(ratio * 10) / 10) })}
        <span className={classes.quiet}> {t(`branding.${grade}`)}</span>
      </span>
    </li>
  );
}
