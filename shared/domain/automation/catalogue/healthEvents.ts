import { describeEvent } from './describeEvent.ts';
import type { CatalogueEntry } from './describeEvent.ts';

/** What the platform says of itself. */
export const healthEvents: readonly CatalogueEntry[] = [
  describeEvent(
    'health.anomaly.detected',
    {
      en: 'An anomaly was detected',
      ar: 'رُصدت حالة شاذة',
      fr: 'Une anomalie a été détectée',
    },
    {
      anomalyId: 'id',
      title: 'title',
      severity: 'severity',
      'score?': 'number',
      'type?': 'word',
      'component?': 'word',
    },
  ),
  describeEvent(
    'health.slo.violated',
    {
      en: 'An objective was missed',
      ar: 'لم يتحقق هدف خدمة',
      fr: 'Un objectif n’a pas été tenu',
    },
    { service: 'word', actualPercent: 'percent', 'targetPercent?': 'percent' },
  ),
  describeEvent(
    'health.budget.exhausted',
    {
      en: 'An error budget is used up',
      ar: 'استُنفدت ميزانية الأخطاء',
      fr: 'Un budget d’erreurs est épuisé',
    },
    { service: 'word' },
  ),
  describeEvent(
    'health.flag.changed',
    {
      en: 'A flag was changed',
      ar: 'تغيّر مفتاح ميزة',
      fr: 'Un interrupteur a été modifié',
    },
    { key: 'word', enabled: 'flag', 'rolloutPercent?': 'percent' },
  ),
  describeEvent(
    'health.rollback.executed',
    {
      en: 'An automatic rollback ran',
      ar: 'نُفّذ تراجع تلقائي',
      fr: 'Un retour arrière automatique a eu lieu',
    },
    { trigger: 'word', reason: 'reason' },
  ),
];
