import { describeEvent } from './describeEvent.ts';
import type { CatalogueEntry } from './describeEvent.ts';

/** Courses, awareness, policies and committees. */
export const learningEvents: readonly CatalogueEntry[] = [
  describeEvent(
    'lms.course.created',
    {
      en: 'A course was created',
      ar: 'أُنشئت دورة',
      fr: 'Un cours a été créé',
    },
    { courseId: 'id', title: 'title' },
  ),
  describeEvent(
    'lms.course.published',
    {
      en: 'A course was published',
      ar: 'نُشرت دورة',
      fr: 'Un cours a été publié',
    },
    { courseId: 'id', title: 'title', 'publishedAt?': 'instant' },
  ),
  describeEvent(
    'lms.student.enrolled',
    {
      en: 'A student enrolled in a course',
      ar: 'التحق طالب بدورة',
      fr: 'Un élève s’est inscrit à un cours',
    },
    { courseId: 'id', userId: 'id', 'title?': 'title', 'student?': 'person', 'email?': 'email' },
  ),
  describeEvent(
    'lms.course.completed',
    {
      en: 'A student completed a course',
      ar: 'أتمّ طالب دورة',
      fr: 'Un élève a terminé un cours',
    },
    {
      courseId: 'id',
      title: 'title',
      userId: 'id',
      student: 'person',
      email: 'email',
      score: 'percent',
      'campaignId?': 'id',
    },
  ),
  describeEvent(
    'lms.assessment.passed',
    {
      en: 'An assessment was passed',
      ar: 'اجتيز تقييم',
      fr: 'Une évaluation a été réussie',
    },
    { courseId: 'id', title: 'title', student: 'person', score: 'percent', 'userId?': 'id' },
  ),
  describeEvent(
    'lms.assessment.failed',
    {
      en: 'An assessment was failed',
      ar: 'لم يُجتز تقييم',
      fr: 'Une évaluation a été ratée',
    },
    { courseId: 'id', title: 'title', student: 'person', score: 'percent', 'userId?': 'id', 'attempts?': 'count' },
  ),
  describeEvent(
    'lms.certificate.issued',
    {
      en: 'A certificate was issued',
      ar: 'صدرت شهادة',
      fr: 'Un certificat a été délivré',
    },
    { courseId: 'id', title: 'title', student: 'person', 'userId?': 'id', 'score?': 'percent' },
  ),
  describeEvent(
    'lms.certificate.revoked',
    {
      en: 'A certificate was revoked',
      ar: 'أُلغيت شهادة',
      fr: 'Un certificat a été révoqué',
    },
    { courseId: 'id', title: 'title', reason: 'reason', 'userId?': 'id' },
  ),
  describeEvent(
    'awareness.campaign.created',
    {
      en: 'An awareness campaign was created',
      ar: 'أُنشئت حملة توعية',
      fr: 'Une campagne de sensibilisation a été créée',
    },
    { id: 'id', title: 'title' },
  ),
  describeEvent(
    'awareness.campaign.sent',
    {
      en: 'An awareness campaign was sent',
      ar: 'أُرسلت حملة توعية',
      fr: 'Une campagne de sensibilisation a été envoyée',
    },
    { id: 'id', title: 'title', recipients: 'count' },
  ),
  describeEvent(
    'awareness.campaign.completed',
    {
      en: 'An awareness campaign ended',
      ar: 'انتهت حملة توعية',
      fr: 'Une campagne de sensibilisation s’est terminée',
    },
    { id: 'id', title: 'title', 'completedPercent?': 'percent', 'userId?': 'id' },
  ),
  describeEvent(
    'phishing.test.sent',
    {
      en: 'A phishing test was sent',
      ar: 'أُرسل اختبار تصيّد',
      fr: 'Un test d’hameçonnage a été envoyé',
    },
    { testId: 'id', recipients: 'count' },
  ),
  describeEvent(
    'phishing.test.failed',
    {
      en: 'Somebody fell for a phishing test',
      ar: 'وقع شخص في اختبار تصيّد',
      fr: 'Quelqu’un s’est laissé prendre à un test d’hameçonnage',
    },
    { testId: 'id', email: 'email', 'userId?': 'id', 'failures?': 'count' },
  ),
  describeEvent(
    'phishing.test.reported',
    {
      en: 'Somebody reported a phishing test',
      ar: 'أبلغ شخص عن اختبار تصيّد',
      fr: 'Quelqu’un a signalé un test d’hameçonnage',
    },
    { testId: 'id', email: 'email', 'userId?': 'id' },
  ),
  describeEvent(
    'policies.policy.published',
    {
      en: 'A policy was published',
      ar: 'نُشرت سياسة',
      fr: 'Une politique a été publiée',
    },
    { id: 'id', title: 'title' },
  ),
  describeEvent(
    'policies.policy.acknowledged',
    {
      en: 'A policy was acknowledged',
      ar: 'أُقرّت سياسة',
      fr: 'Une politique a été acceptée',
    },
    { id: 'id', title: 'title', email: 'email' },
  ),
  describeEvent(
    'policies.policy.expired',
    {
      en: 'A policy expired',
      ar: 'انتهت صلاحية سياسة',
      fr: 'Une politique a expiré',
    },
    { id: 'id', title: 'title' },
  ),
  describeEvent(
    'committees.meeting.scheduled',
    {
      en: 'A committee meeting was scheduled',
      ar: 'حُدّد موعد اجتماع لجنة',
      fr: 'Une réunion de comité a été planifiée',
    },
    { id: 'id', title: 'title', 'startsAt?': 'instant' },
  ),
  describeEvent(
    'committees.decision.recorded',
    {
      en: 'A committee decision was recorded',
      ar: 'سُجّل قرار لجنة',
      fr: 'Une décision de comité a été consignée',
    },
    { id: 'id', title: 'title' },
  ),
];
