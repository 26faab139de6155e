import { describeEvent } from './describeEvent.ts';
import type { CatalogueEntry } from './describeEvent.ts';

/** Tenants, their people, and the business between them. */
export const platformEvents: readonly CatalogueEntry[] = [
  describeEvent(
    'tenant.created',
    {
      en: 'A tenant was created',
      ar: 'أُنشئ مستأجر',
      fr: 'Un client a été créé',
    },
    { 'name?': 'title', 'plan?': 'word' },
  ),
  describeEvent(
    'tenant.activated',
    {
      en: 'A tenant became active',
      ar: 'فُعِّل مستأجر',
      fr: 'Un client est devenu actif',
    },
    { 'from?': 'word' },
  ),
  describeEvent(
    'tenant.suspended',
    {
      en: 'A tenant was suspended',
      ar: 'عُلِّق مستأجر',
      fr: 'Un client a été suspendu',
    },
    { 'reason?': 'reason' },
  ),
  describeEvent(
    'tenant.read_only',
    {
      en: 'A tenant became read-only',
      ar: 'صار مستأجر للقراءة فقط',
      fr: 'Un client est passé en lecture seule',
    },
    { 'reason?': 'reason' },
  ),
  describeEvent(
    'tenant.archived',
    {
      en: 'A tenant was archived',
      ar: 'أُرشف مستأجر',
      fr: 'Un client a été archivé',
    },
    { 'reason?': 'reason' },
  ),
  describeEvent(
    'tenant.usage.warning',
    {
      en: 'Usage passed 80 % of the plan',
      ar: 'تجاوز الاستخدام 80٪ من الخطة',
      fr: 'L’usage a dépassé 80 % de l’offre',
    },
    { metric: 'word', usedPercent: 'percent', 'limit?': 'count' },
  ),
  describeEvent(
    'tenant.usage.exceeded',
    {
      en: 'Usage passed the limit of the plan',
      ar: 'تجاوز الاستخدام حد الخطة',
      fr: 'L’usage a dépassé la limite de l’offre',
    },
    { metric: 'word', usedPercent: 'percent', 'limit?': 'count' },
  ),
  describeEvent(
    'user.created',
    {
      en: 'A user was created',
      ar: 'أُنشئ مستخدم',
      fr: 'Un utilisateur a été créé',
    },
    { userId: 'id', email: 'email', 'name?': 'person', 'role?': 'word' },
  ),
  describeEvent(
    'user.updated',
    {
      en: 'A user was changed',
      ar: 'عُدِّل مستخدم',
      fr: 'Un utilisateur a été modifié',
    },
    { userId: 'id', email: 'email', 'name?': 'person' },
  ),
  describeEvent(
    'user.login',
    {
      en: 'A user signed in',
      ar: 'سجّل مستخدم دخوله',
      fr: 'Un utilisateur s’est connecté',
    },
    { userId: 'id', email: 'email', secondFactor: 'flag', 'ipAddress?': 'word' },
  ),
  describeEvent(
    'user.login_failed',
    {
      en: 'A sign-in failed',
      ar: 'فشل تسجيل دخول',
      fr: 'Une connexion a échoué',
    },
    { email: 'email', reason: 'reason', attempts: 'count' },
  ),
  describeEvent(
    'user.invited',
    {
      en: 'A user was invited',
      ar: 'دُعي مستخدم',
      fr: 'Un utilisateur a été invité',
    },
    { email: 'email', 'userId?': 'id', 'name?': 'person' },
  ),
  describeEvent(
    'user.deleted',
    {
      en: 'A user was deleted',
      ar: 'حُذف مستخدم',
      fr: 'Un utilisateur a été supprimé',
    },
    { userId: 'id', 'email?': 'email' },
  ),
  describeEvent(
    'project.created',
    {
      en: 'A project was created',
      ar: 'أُنشئ مشروع',
      fr: 'Un projet a été créé',
    },
    { id: 'id', title: 'title' },
  ),
  describeEvent(
    'project.updated',
    {
      en: 'A project was changed',
      ar: 'عُدِّل مشروع',
      fr: 'Un projet a été modifié',
    },
    { id: 'id', title: 'title' },
  ),
  describeEvent(
    'project.completed',
    {
      en: 'A project was completed',
      ar: 'اكتمل مشروع',
      fr: 'Un projet a été terminé',
    },
    { id: 'id', title: 'title', 'ownerEmail?': 'email', 'completedAt?': 'instant' },
  ),
  describeEvent(
    'message.sent',
    {
      en: 'A message was sent',
      ar: 'أُرسلت رسالة',
      fr: 'Un message a été envoyé',
    },
    { messageId: 'id', email: 'email' },
  ),
  describeEvent(
    'message.received',
    {
      en: 'A message arrived',
      ar: 'وصلت رسالة',
      fr: 'Un message est arrivé',
    },
    { messageId: 'id', email: 'email', 'subject?': 'title' },
  ),
  describeEvent(
    'contract.sent',
    {
      en: 'A contract was sent',
      ar: 'أُرسل عقد',
      fr: 'Un contrat a été envoyé',
    },
    { id: 'id', title: 'title' },
  ),
  describeEvent(
    'contract.signed',
    {
      en: 'A contract was signed',
      ar: 'وُقّع عقد',
      fr: 'Un contrat a été signé',
    },
    { id: 'id', title: 'title', signer: 'person', 'signedAt?': 'instant' },
  ),
  describeEvent(
    'contract.expired',
    {
      en: 'A contract expired',
      ar: 'انتهى عقد',
      fr: 'Un contrat a expiré',
    },
    { id: 'id', title: 'title', 'expiredAt?': 'instant' },
  ),
  describeEvent(
    'invoice.created',
    {
      en: 'An invoice was created',
      ar: 'أُنشئت فاتورة',
      fr: 'Une facture a été créée',
    },
    { invoiceId: 'id', amountMinor: 'money', currency: 'currency', 'customerEmail?': 'email', 'dueAt?': 'instant' },
  ),
  describeEvent(
    'invoice.sent',
    {
      en: 'An invoice was sent',
      ar: 'أُرسلت فاتورة',
      fr: 'Une facture a été envoyée',
    },
    { invoiceId: 'id', amountMinor: 'money', currency: 'currency', 'customerEmail?': 'email', 'dueAt?': 'instant' },
  ),
  describeEvent(
    'invoice.paid',
    {
      en: 'An invoice was paid',
      ar: 'سُدّدت فاتورة',
      fr: 'Une facture a été payée',
    },
    { invoiceId: 'id', amountMinor: 'money', currency: 'currency', 'customerEmail?': 'email', 'dueAt?': 'instant' },
  ),
  describeEvent(
    'invoice.overdue',
    {
      en: 'An invoice is overdue',
      ar: 'تأخر سداد فاتورة',
      fr: 'Une facture est en retard',
    },
    { invoiceId: 'id', amountMinor: 'money', currency: 'currency', daysLate: 'count', 'customerEmail?': 'email' },
  ),
  describeEvent(
    'payment.succeeded',
    {
      en: 'A payment succeeded',
      ar: 'نجحت دفعة',
      fr: 'Un paiement a réussi',
    },
    { invoiceId: 'id', amountMinor: 'money', currency: 'currency' },
  ),
  describeEvent(
    'payment.failed',
    {
      en: 'A payment failed',
      ar: 'فشلت دفعة',
      fr: 'Un paiement a échoué',
    },
    { invoiceId: 'id', amountMinor: 'money', currency: 'currency', reason: 'reason', attempts: 'count' },
  ),
  describeEvent(
    'workflow.started',
    {
      en: 'A workflow started',
      ar: 'بدأ سير عمل',
      fr: 'Un processus a démarré',
    },
    { id: 'id', title: 'title' },
  ),
  describeEvent(
    'workflow.completed',
    {
      en: 'A workflow was completed',
      ar: 'اكتمل سير عمل',
      fr: 'Un processus s’est terminé',
    },
    { id: 'id', title: 'title' },
  ),
  describeEvent(
    'workflow.failed',
    {
      en: 'A workflow failed',
      ar: 'فشل سير عمل',
      fr: 'Un processus a échoué',
    },
    { id: 'id', title: 'title', reason: 'reason' },
  ),
];
