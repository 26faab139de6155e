import { describeEvent } from './describeEvent.ts';
import type { CatalogueEntry } from './describeEvent.ts';

/** Customers, property, and those who bring others. */
export const customerEvents: readonly CatalogueEntry[] = [
  describeEvent(
    'crm.customer.created',
    {
      en: 'A customer was created',
      ar: 'أُضيف زبون',
      fr: 'Un contact client a été créé',
    },
    { customerId: 'id', name: 'person', email: 'email', 'source?': 'word', 'score?': 'percent', 'message?': 'title' },
  ),
  describeEvent(
    'crm.property.created',
    {
      en: 'A property was created',
      ar: 'أُضيف عقار',
      fr: 'Un bien a été créé',
    },
    { id: 'id', title: 'title' },
  ),
  describeEvent(
    'crm.property.published',
    {
      en: 'A property was published',
      ar: 'نُشر عقار',
      fr: 'Un bien a été publié',
    },
    { id: 'id', title: 'title' },
  ),
  describeEvent(
    'crm.property.sold',
    {
      en: 'A property was sold',
      ar: 'بيع عقار',
      fr: 'Un bien a été vendu',
    },
    { id: 'id', title: 'title', amountMinor: 'money', 'currency?': 'currency' },
  ),
  describeEvent(
    'crm.match.created',
    {
      en: 'A match was found',
      ar: 'وُجدت مطابقة',
      fr: 'Une correspondance a été trouvée',
    },
    { matchId: 'id', score: 'percent' },
  ),
  describeEvent(
    'crm.match.accepted',
    {
      en: 'A match was accepted',
      ar: 'قُبلت مطابقة',
      fr: 'Une correspondance a été acceptée',
    },
    { matchId: 'id', score: 'percent' },
  ),
  describeEvent(
    'crm.match.rejected',
    {
      en: 'A match was rejected',
      ar: 'رُفضت مطابقة',
      fr: 'Une correspondance a été refusée',
    },
    { matchId: 'id', score: 'percent', reason: 'reason' },
  ),
  describeEvent(
    'crm.appointment.created',
    {
      en: 'An appointment was made',
      ar: 'حُدّد موعد',
      fr: 'Un rendez-vous a été pris',
    },
    { appointmentId: 'id', customer: 'person', 'startsAt?': 'instant' },
  ),
  describeEvent(
    'crm.appointment.completed',
    {
      en: 'An appointment took place',
      ar: 'تمّ موعد',
      fr: 'Un rendez-vous a eu lieu',
    },
    { appointmentId: 'id', customer: 'person' },
  ),
  describeEvent(
    'crm.task.created',
    {
      en: 'A task was created',
      ar: 'أُنشئت مهمة',
      fr: 'Une tâche a été créée',
    },
    { id: 'id', title: 'title', 'priority?': 'word' },
  ),
  describeEvent(
    'crm.task.completed',
    {
      en: 'A task was completed',
      ar: 'أُنجزت مهمة',
      fr: 'Une tâche a été terminée',
    },
    { id: 'id', title: 'title', 'priority?': 'word' },
  ),
  describeEvent(
    'referral.code.created',
    {
      en: 'A referral code was created',
      ar: 'أُنشئ رمز إحالة',
      fr: 'Un code de parrainage a été créé',
    },
    { code: 'code', 'codeId?': 'id', 'ownerEmail?': 'email' },
  ),
  describeEvent(
    'referral.click.recorded',
    {
      en: 'A referral link was opened',
      ar: 'فُتح رابط إحالة',
      fr: 'Un lien de parrainage a été ouvert',
    },
    { code: 'code', fraudScore: 'percent', 'clickId?': 'id', 'country?': 'word' },
  ),
  describeEvent(
    'referral.referral.registered',
    {
      en: 'A referred person registered',
      ar: 'سجّل شخص مُحال',
      fr: 'Une personne parrainée s’est inscrite',
    },
    {
      code: 'code',
      'referralId?': 'id',
      'email?': 'email',
      'amountMinor?': 'money',
      'commissionMinor?': 'money',
      'currency?': 'currency',
      'fraudScore?': 'percent',
    },
  ),
  describeEvent(
    'referral.referral.converted',
    {
      en: 'A referral became a purchase',
      ar: 'تحوّلت إحالة إلى شراء',
      fr: 'Un parrainage a abouti à un achat',
    },
    {
      code: 'code',
      'referralId?': 'id',
      'email?': 'email',
      'amountMinor?': 'money',
      'commissionMinor?': 'money',
      'currency?': 'currency',
      'fraudScore?': 'percent',
    },
  ),
  describeEvent(
    'referral.referral.confirmed',
    {
      en: 'A referral was confirmed',
      ar: 'تأكدت إحالة',
      fr: 'Un parrainage a été confirmé',
    },
    {
      code: 'code',
      'referralId?': 'id',
      'email?': 'email',
      'amountMinor?': 'money',
      'commissionMinor?': 'money',
      'currency?': 'currency',
      'fraudScore?': 'percent',
    },
  ),
  describeEvent(
    'referral.payout.requested',
    {
      en: 'A payout was requested',
      ar: 'طُلب صرف مستحقات',
      fr: 'Un versement a été demandé',
    },
    { payoutId: 'id', amountMinor: 'money', 'currency?': 'currency', 'recipientEmail?': 'email' },
  ),
  describeEvent(
    'referral.payout.paid',
    {
      en: 'A payout was paid',
      ar: 'صُرفت مستحقات',
      fr: 'Un versement a été effectué',
    },
    { payoutId: 'id', amountMinor: 'money', 'currency?': 'currency', 'recipientEmail?': 'email' },
  ),
  describeEvent(
    'referral.payout.failed',
    {
      en: 'A payout failed',
      ar: 'تعذّر صرف مستحقات',
      fr: 'Un versement a échoué',
    },
    { payoutId: 'id', amountMinor: 'money', 'reason?': 'reason', 'currency?': 'currency', 'recipientEmail?': 'email' },
  ),
];
