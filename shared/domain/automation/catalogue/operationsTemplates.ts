import { action, all, approval, compare, decide, email, notify, onEvent, waitFor } from './templateParts.ts';
import type { RuleTemplate } from './ruleTemplates.ts';

/** Rules about money and trust. */
export const operationsTemplates: readonly RuleTemplate[] = [
  {
    key: 'invoice_follow_up',
    title: { en: 'Invoice follow-up', ar: 'متابعة فاتورة', fr: 'Relance de facture' },
    summary: {
      en: 'Reminds the owner of an overdue invoice; when it is not paid within three days, a colleague calls.',
      ar: 'يذكّر المالك بفاتورة متأخرة؛ وإن لم تُسدَّد خلال ثلاثة أيام اتصل به زميل.',
      fr: 'Rappelle une facture en retard ; sans paiement sous trois jours, un collègue appelle.',
    },
    tags: ['billing'],
    trigger: onEvent('invoice.overdue'),
    conditions: all(),
    steps: [
      email(
        'first',
        'First reminder',
        '{{ tenant.ownerEmail }}',
        'Your invoice {{ event.data.invoiceId }} is overdue',
        'Dear customer,\n\nplease settle the invoice within seven days.\n',
      ),
      waitFor('payment', 'Wait for the payment', {
        for: 'event',
        pattern: 'invoice.paid',
        timeoutMinutes: 4320,
        about: 'entity',
      }),
      decide('unpaid', 'Still not paid?', all(compare('steps.payment.output.timedOut', 'is_true')), {
        then: [
          action('call', 'Ask a colleague to call', 'create_task', {
            title: 'Call about invoice {{ event.data.invoiceId }}',
            priority: 'high',
            dueInDays: 1,
            role: 'operations',
          }),
        ],
        otherwise: [],
      }),
    ],
  },
  {
    key: 'suspend_tenant',
    title: {
      en: 'Suspend tenant on repeated payment failure',
      ar: 'تعليق المستأجر عند تكرار فشل الدفع',
      fr: 'Suspension du client après des échecs de paiement répétés',
    },
    summary: {
      en: 'After the third refused payment the tenant is suspended, once a person agrees.',
      ar: 'بعد ثالث دفعة مرفوضة يُعلَّق المستأجر إذا وافق شخص مخوَّل.',
      fr: 'Après le troisième refus de paiement, le client est suspendu si une personne l’approuve.',
    },
    tags: ['billing'],
    trigger: onEvent('payment.failed'),
    conditions: all(
      compare('event.data.attempts', 'greater_or_equal', 3),
      compare('tenant.status', 'equals', 'ACTIVE'),
    ),
    steps: [
      notify(
        'warn',
        'Tell operations',
        'role:operations',
        '{{ tenant.name }}: payment failed',
        'Attempt {{ event.data.attempts }}: {{ event.data.reason }}',
        'warning',
      ),
      approval('ask', 'Ask before suspending', {
        permission: 'tenants.edit',
        question: 'Suspend {{ tenant.name }} after {{ event.data.attempts }} refused payments?',
        escalateAfterMinutes: 240,
        escalateTo: 'admin',
        expireAfterMinutes: 10_080,
        onReject: 'stop',
      }),
      action('suspend', 'Suspend', 'update_status', {
        kind: 'tenant',
        id: '{{ tenant.id }}',
        status: 'SUSPENDED',
        reason: 'Repeated payment failure: {{ event.data.reason }}',
      }),
      email(
        'explain',
        'Tell the owner',
        '{{ tenant.ownerEmail }}',
        'Your workspace is suspended',
        'The last payments were refused ({{ event.data.reason }}). Settle them, and the workspace opens again.',
      ),
    ],
  },
  {
    key: 'referral_fraud',
    title: {
      en: 'Alert on referral fraud score',
      ar: 'تنبيه عند ارتفاع درجة احتيال الإحالة',
      fr: 'Alerte sur le score de fraude d’un parrainage',
    },
    summary: {
      en: 'A click that looks bought or automated goes to the growth team, as a task to look into.',
      ar: 'تُحال النقرة التي تبدو مشتراة أو آلية إلى فريق النمو كمهمة للتحقق.',
      fr: 'Un clic qui semble acheté ou automatisé est transmis à l’équipe croissance, avec une tâche de vérification.',
    },
    tags: ['fraud', 'referrals'],
    trigger: onEvent('referral.click.recorded'),
    conditions: all(compare('event.data.fraudScore', 'greater_or_equal', 80)),
    steps: [
      notify(
        'alert',
        'Alert growth',
        'role:growth_manager',
        'Suspicious click on {{ event.data.code }}',
        'Score {{ event.data.fraudScore }}',
        'critical',
      ),
      action('look', 'Task to look into it', 'create_task', {
        title: 'Look into clicks on {{ event.data.code }}',
        description: 'Fraud score {{ event.data.fraudScore }} in event {{ event.id }}.',
        priority: 'high',
        dueInDays: 1,
        role: 'growth_manager',
      }),
    ],
  },
];
