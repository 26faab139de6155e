/** What a data field of a demo event holds; the catalogue's JSON Schema and the sample values both follow from it. */
export type DataField =
  | 'id'
  | 'person'
  | 'email'
  | 'title'
  | 'percent'
  | 'money'
  | 'count'
  | 'reason'
  | 'word'
  | 'flag';

export interface CatalogueEntry {
  module: string;
  code: string;
  description: { en: string; ar: string; fr: string };
  data: Readonly<Record<string, DataField>>;
}

const user = { userId: 'id', email: 'email' } as const;
const course = { courseId: 'id', title: 'title' } as const;
const invoice = { invoiceId: 'id', amountMinor: 'money', currency: 'word' } as const;
const match = { matchId: 'id', score: 'percent' } as const;
const named = { id: 'id', title: 'title' } as const;

type Row = readonly [name: string, en: string, ar: string, fr: string, data: CatalogueEntry['data']];

const rows: readonly Row[] = [
  ['tenant.created', 'A tenant was created', 'أُنشئ مستأجر', 'Un client a été créé', { plan: 'word' }],
  ['tenant.activated', 'A tenant became active', 'فُعِّل مستأجر', 'Un client est devenu actif', { from: 'word' }],
  ['tenant.suspended', 'A tenant was suspended', 'عُلِّق مستأجر', 'Un client a été suspendu', { reason: 'reason' }],
  [
    'tenant.read_only',
    'A tenant became read-only',
    'صار مستأجر للقراءة فقط',
    'Un client est passé en lecture seule',
    { reason: 'reason' },
  ],
  ['tenant.archived', 'A tenant was archived', 'أُرشف مستأجر', 'Un client a été archivé', { reason: 'reason' }],
  [
    'tenant.usage.warning',
    'Usage passed 80 % of the plan',
    'تجاوز الاستخدام 80٪ من الخطة',
    'L’usage a dépassé 80 % de l’offre',
    { metric: 'word', usedPercent: 'percent' },
  ],
  [
    'tenant.usage.exceeded',
    'Usage passed the limit of the plan',
    'تجاوز الاستخدام حد الخطة',
    'L’usage a dépassé la limite de l’offre',
    { metric: 'word', usedPercent: 'percent' },
  ],
  ['user.created', 'A user was created', 'أُنشئ مستخدم', 'Un utilisateur a été créé', user],
  ['user.updated', 'A user was changed', 'عُدِّل مستخدم', 'Un utilisateur a été modifié', user],
  [
    'user.login',
    'A user signed in',
    'سجّل مستخدم دخوله',
    'Un utilisateur s’est connecté',
    { ...user, secondFactor: 'flag' },
  ],
  [
    'user.login_failed',
    'A sign-in failed',
    'فشل تسجيل دخول',
    'Une connexion a échoué',
    { email: 'email', reason: 'reason', attempts: 'count' },
  ],
  ['user.invited', 'A user was invited', 'دُعي مستخدم', 'Un utilisateur a été invité', { email: 'email' }],
  ['user.deleted', 'A user was deleted', 'حُذف مستخدم', 'Un utilisateur a été supprimé', { userId: 'id' }],
  ['lms.course.created', 'A course was created', 'أُنشئت دورة', 'Un cours a été créé', course],
  ['lms.course.published', 'A course was published', 'نُشرت دورة', 'Un cours a été publié', course],
  [
    'lms.student.enrolled',
    'A student enrolled in a course',
    'التحق طالب بدورة',
    'Un élève s’est inscrit à un cours',
    { ...course, student: 'person' },
  ],
  [
    'lms.course.completed',
    'A student completed a course',
    'أتمّ طالب دورة',
    'Un élève a terminé un cours',
    { ...course, student: 'person', score: 'percent' },
  ],
  [
    'lms.assessment.passed',
    'An assessment was passed',
    'اجتيز تقييم',
    'Une évaluation a été réussie',
    { ...course, student: 'person', score: 'percent' },
  ],
  [
    'lms.assessment.failed',
    'An assessment was failed',
    'لم يُجتز تقييم',
    'Une évaluation a été ratée',
    { ...course, student: 'person', score: 'percent' },
  ],
  [
    'lms.certificate.issued',
    'A certificate was issued',
    'صدرت شهادة',
    'Un certificat a été délivré',
    { ...course, student: 'person' },
  ],
  [
    'lms.certificate.revoked',
    'A certificate was revoked',
    'أُلغيت شهادة',
    'Un certificat a été révoqué',
    { ...course, reason: 'reason' },
  ],
  [
    'awareness.campaign.created',
    'An awareness campaign was created',
    'أُنشئت حملة توعية',
    'Une campagne de sensibilisation a été créée',
    named,
  ],
  [
    'awareness.campaign.sent',
    'An awareness campaign was sent',
    'أُرسلت حملة توعية',
    'Une campagne de sensibilisation a été envoyée',
    { ...named, recipients: 'count' },
  ],
  [
    'awareness.campaign.completed',
    'An awareness campaign ended',
    'انتهت حملة توعية',
    'Une campagne de sensibilisation s’est terminée',
    { ...named, completedPercent: 'percent' },
  ],
  [
    'phishing.test.sent',
    'A phishing test was sent',
    'أُرسل اختبار تصيّد',
    'Un test d’hameçonnage a été envoyé',
    { testId: 'id', recipients: 'count' },
  ],
  [
    'phishing.test.failed',
    'Somebody fell for a phishing test',
    'وقع شخص في اختبار تصيّد',
    'Quelqu’un s’est laissé prendre à un test d’hameçonnage',
    { testId: 'id', email: 'email' },
  ],
  [
    'phishing.test.reported',
    'Somebody reported a phishing test',
    'أبلغ شخص عن اختبار تصيّد',
    'Quelqu’un a signalé un test d’hameçonnage',
    { testId: 'id', email: 'email' },
  ],
  ['policies.policy.published', 'A policy was published', 'نُشرت سياسة', 'Une politique a été publiée', named],
  [
    'policies.policy.acknowledged',
    'A policy was acknowledged',
    'أُقرّت سياسة',
    'Une politique a été acceptée',
    { ...named, email: 'email' },
  ],
  ['policies.policy.expired', 'A policy expired', 'انتهت صلاحية سياسة', 'Une politique a expiré', named],
  [
    'committees.meeting.scheduled',
    'A committee meeting was scheduled',
    'حُدّد موعد اجتماع لجنة',
    'Une réunion de comité a été planifiée',
    named,
  ],
  [
    'committees.decision.recorded',
    'A committee decision was recorded',
    'سُجّل قرار لجنة',
    'Une décision de comité a été consignée',
    named,
  ],
  ['project.created', 'A project was created', 'أُنشئ مشروع', 'Un projet a été créé', named],
  ['project.updated', 'A project was changed', 'عُدِّل مشروع', 'Un projet a été modifié', named],
  ['project.completed', 'A project was completed', 'اكتمل مشروع', 'Un projet a été terminé', named],
  ['message.sent', 'A message was sent', 'أُرسلت رسالة', 'Un message a été envoyé', { messageId: 'id', email: 'email' }],
  ['message.received', 'A message arrived', 'وصلت رسالة', 'Un message est arrivé', { messageId: 'id', email: 'email' }],
  ['contract.sent', 'A contract was sent', 'أُرسل عقد', 'Un contrat a été envoyé', named],
  ['contract.signed', 'A contract was signed', 'وُقّع عقد', 'Un contrat a été signé', { ...named, signer: 'person' }],
  ['contract.expired', 'A contract expired', 'انتهى عقد', 'Un contrat a expiré', named],
  ['invoice.created', 'An invoice was created', 'أُنشئت فاتورة', 'Une facture a été créée', invoice],
  ['invoice.sent', 'An invoice was sent', 'أُرسلت فاتورة', 'Une facture a été envoyée', invoice],
  ['invoice.paid', 'An invoice was paid', 'سُدّدت فاتورة', 'Une facture a été payée', invoice],
  [
    'invoice.overdue',
    'An invoice is overdue',
    'تأخر سداد فاتورة',
    'Une facture est en retard',
    { ...invoice, daysLate: 'count' },
  ],
  ['payment.succeeded', 'A payment succeeded', 'نجحت دفعة', 'Un paiement a réussi', invoice],
  [
    'payment.failed',
    'A payment failed',
    'فشلت دفعة',
    'Un paiement a échoué',
    { ...invoice, reason: 'reason', attempts: 'count' },
  ],
  ['workflow.started', 'A workflow started', 'بدأ سير عمل', 'Un processus a démarré', named],
  ['workflow.completed', 'A workflow was completed', 'اكتمل سير عمل', 'Un processus s’est terminé', named],
  ['workflow.failed', 'A workflow failed', 'فشل سير عمل', 'Un processus a échoué', { ...named, reason: 'reason' }],
  [
    'crm.customer.created',
    'A customer was created',
    'أُضيف زبون',
    'Un contact client a été créé',
    { customerId: 'id', name: 'person' },
  ],
  ['crm.property.created', 'A property was created', 'أُضيف عقار', 'Un bien a été créé', named],
  ['crm.property.published', 'A property was published', 'نُشر عقار', 'Un bien a été publié', named],
  ['crm.property.sold', 'A property was sold', 'بيع عقار', 'Un bien a été vendu', { ...named, amountMinor: 'money' }],
  ['crm.match.created', 'A match was found', 'وُجدت مطابقة', 'Une correspondance a été trouvée', match],
  ['crm.match.accepted', 'A match was accepted', 'قُبلت مطابقة', 'Une correspondance a été acceptée', match],
  [
    'crm.match.rejected',
    'A match was rejected',
    'رُفضت مطابقة',
    'Une correspondance a été refusée',
    { ...match, reason: 'reason' },
  ],
  [
    'crm.appointment.created',
    'An appointment was made',
    'حُدّد موعد',
    'Un rendez-vous a été pris',
    { appointmentId: 'id', customer: 'person' },
  ],
  [
    'crm.appointment.completed',
    'An appointment took place',
    'تمّ موعد',
    'Un rendez-vous a eu lieu',
    { appointmentId: 'id', customer: 'person' },
  ],
  ['crm.task.created', 'A task was created', 'أُنشئت مهمة', 'Une tâche a été créée', named],
  ['crm.task.completed', 'A task was completed', 'أُنجزت مهمة', 'Une tâche a été terminée', named],
  [
    'referral.code.created',
    'A referral code was created',
    'أُنشئ رمز إحالة',
    'Un code de parrainage a été créé',
    { code: 'word' },
  ],
  [
    'referral.click.recorded',
    'A referral link was opened',
    'فُتح رابط إحالة',
    'Un lien de parrainage a été ouvert',
    { code: 'word', fraudScore: 'percent' },
  ],
  [
    'referral.referral.registered',
    'A referred person registered',
    'سجّل شخص مُحال',
    'Une personne parrainée s’est inscrite',
    { code: 'word', email: 'email' },
  ],
  [
    'referral.referral.converted',
    'A referral became a purchase',
    'تحوّلت إحالة إلى شراء',
    'Un parrainage a abouti à un achat',
    { code: 'word', amountMinor: 'money' },
  ],
  [
    'referral.referral.confirmed',
    'A referral was confirmed',
    'تأكدت إحالة',
    'Un parrainage a été confirmé',
    { code: 'word', amountMinor: 'money' },
  ],
  [
    'referral.payout.requested',
    'A payout was requested',
    'طُلب صرف مستحقات',
    'Un versement a été demandé',
    { payoutId: 'id', amountMinor: 'money' },
  ],
  [
    'referral.payout.paid',
    'A payout was paid',
    'صُرفت مستحقات',
    'Un versement a été effectué',
    { payoutId: 'id', amountMinor: 'money' },
  ],
  [
    'referral.payout.failed',
    'A payout failed',
    'تعذّر صرف مستحقات',
    'Un versement a échoué',
    { payoutId: 'id', amountMinor: 'money', reason: 'reason' },
  ],
  [
    'health.anomaly.detected',
    'An anomaly was detected',
    'رُصدت حالة شاذة',
    'Une anomalie a été détectée',
    { anomalyId: 'id', score: 'percent' },
  ],
  [
    'health.slo.violated',
    'An objective was missed',
    'لم يتحقق هدف خدمة',
    'Un objectif n’a pas été tenu',
    { service: 'word', actualPercent: 'percent' },
  ],
  [
    'health.budget.exhausted',
    'An error budget is used up',
    'استُنفدت ميزانية الأخطاء',
    'Un budget d’erreurs est épuisé',
    { service: 'word' },
  ],
  [
    'health.flag.changed',
    'A flag was changed',
    'تغيّر مفتاح ميزة',
    'Un interrupteur a été modifié',
    { key: 'word', enabled: 'flag' },
  ],
  [
    'health.rollback.executed',
    'An automatic rollback ran',
    'نُفّذ تراجع تلقائي',
    'Un retour arrière automatique a eu lieu',
    { trigger: 'word', reason: 'reason' },
  ],
];

/** The event catalogue that every installation starts with. */
export const eventCatalogue: readonly CatalogueEntry[] = rows.map(([name, en, ar, fr, data]) => {
  const dot = name.indexOf('.');
  return { module: name.slice(0, dot), code: name.slice(dot + 1), description: { en, ar, fr }, data };
});
