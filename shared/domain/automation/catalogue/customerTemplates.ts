import { action, all, compare, compute, decide, email, meeting, notify, onEvent, waitFor } from './templateParts.ts';
import type { RuleTemplate } from './ruleTemplates.ts';

/** Rules about customers, learners and their work. */
export const customerTemplates: readonly RuleTemplate[] = [
  {
    key: 'welcome_inquiry',
    title: {
      en: 'Welcome e-mail on new inquiry',
      ar: 'رسالة ترحيب عند استفسار جديد',
      fr: 'E-mail de bienvenue à chaque nouvelle demande',
    },
    summary: {
      en: 'Greets whoever asks for the first time, and makes a task to call them the next day.',
      ar: 'يرحّب بمن يستفسر أول مرة، وينشئ مهمة للاتصال به في اليوم التالي.',
      fr: 'Salue la personne qui écrit pour la première fois et crée une tâche pour la rappeler le lendemain.',
    },
    tags: ['crm'],
    trigger: onEvent('crm.customer.created'),
    conditions: all(compare('event.data.email', 'is_not_empty')),
    steps: [
      email(
        'welcome',
        'Welcome',
        '{{ event.data.email }}',
        'Good to meet you, {{ event.data.name }}',
        'Dear {{ event.data.name }},\n\nthank you for your message. We will call you within a day.\n',
      ),
      action('call', 'Task to call', 'create_task', {
        title: 'Call {{ event.data.name }}',
        description: 'New inquiry from {{ event.data.email }}',
        dueInDays: 1,
        role: 'support',
      }),
    ],
  },
  {
    key: 'lead_priority',
    title: {
      en: 'Priority for leads with a score of 80 or more',
      ar: 'أولوية للعملاء المحتملين بدرجة 80 فأكثر',
      fr: 'Priorité aux prospects dont le score atteint 80',
    },
    summary: {
      en: 'A promising lead becomes a task of high priority, from 90 on an urgent one, and growth hears of it.',
      ar: 'يصبح العميل الواعد مهمة عالية الأولوية، وعاجلة ابتداءً من 90، ويُبلَّغ فريق النمو.',
      fr: 'Un prospect prometteur devient une tâche prioritaire, urgente à partir de 90, et l’équipe croissance en est avertie.',
    },
    tags: ['crm'],
    trigger: onEvent('crm.customer.created'),
    conditions: all(compare('event.data.score', 'greater_or_equal', 80)),
    steps: [
      compute('rank', 'Work out the priority', { priority: 'event.data.score >= 90 ? "urgent" : "high"' }),
      action('task', 'Task for the lead', 'create_task', {
        title: 'Call {{ event.data.name }} today (score {{ event.data.score }})',
        priority: '{{ vars.priority }}',
        dueInDays: 0,
        role: 'support',
      }),
      notify(
        'tell',
        'Tell growth',
        'role:growth_manager',
        'Promising lead: {{ event.data.name }}',
        'Score {{ event.data.score }}, {{ vars.priority }}.',
      ),
    ],
  },
  {
    key: 'overdue_task',
    title: { en: 'Reminder of an overdue task', ar: 'تذكير بمهمة متأخرة', fr: 'Rappel d’une tâche en retard' },
    summary: {
      en: 'An hour after a task was due, whoever has it is reminded and its priority is raised.',
      ar: 'بعد ساعة من موعد المهمة يُذكَّر المكلَّف بها وتُرفع أولويتها.',
      fr: 'Une heure après l’échéance d’une tâche, la personne chargée est relancée et la priorité est relevée.',
    },
    tags: ['tasks'],
    trigger: { type: 'date', kind: 'task', field: 'body.dueAt', offsetMinutes: 60 },
    conditions: all(
      compare('record.status', 'in', ['open', 'in_progress']),
      compare('record.assignedTo', 'is_not_empty'),
    ),
    steps: [
      notify(
        'remind',
        'Remind',
        'assignee',
        'Overdue: {{ record.title }}',
        'This task was due on {{ record.dueAt }}.',
        'warning',
      ),
      action('raise', 'Raise the priority', 'update_field', { field: 'priority', value: 'high' }),
    ],
  },
  {
    key: 'round_robin',
    title: {
      en: 'Assign new tasks in turn',
      ar: 'إسناد المهام الجديدة بالتناوب',
      fr: 'Attribution des tâches à tour de rôle',
    },
    summary: {
      en: 'A new task that nobody has goes to the next colleague of the support team.',
      ar: 'تُسند المهمة الجديدة غير المسندة إلى الزميل التالي في فريق الدعم.',
      fr: 'Une nouvelle tâche sans responsable revient au collègue suivant de l’équipe support.',
    },
    tags: ['tasks'],
    trigger: { type: 'record', kind: 'task', on: 'create' },
    conditions: all(compare('record.assignedTo', 'is_empty')),
    steps: [action('assign', 'Assign in turn', 'assign_user', { strategy: 'round_robin', role: 'support' })],
  },
  {
    key: 'client_onboarding',
    title: { en: 'Client onboarding', ar: 'تهيئة العميل الجديد', fr: 'Accueil d’un nouveau client' },
    summary: {
      en: 'The first week of a new tenant: a welcome, a kick-off meeting, and a look at how it goes.',
      ar: 'الأسبوع الأول للمستأجر الجديد: ترحيب، واجتماع انطلاق، ومراجعة سير الأمور.',
      fr: 'La première semaine d’un nouveau client : bienvenue, réunion de lancement, puis un point sur la situation.',
    },
    tags: ['onboarding'],
    trigger: onEvent('tenant.activated'),
    conditions: all(compare('tenant.plan', 'in', ['professional', 'enterprise'])),
    steps: [
      email(
        'welcome',
        'Welcome',
        '{{ tenant.ownerEmail }}',
        'Welcome to the platform, {{ tenant.name }}',
        'Your workspace is ready. An invitation to a short kick-off meeting follows.',
      ),
      compute('when', 'Two days from now', { start: '$fromMillis($toMillis(now) + 2 * 86400000)' }),
      meeting('kickoff', 'Kick-off', {
        title: 'Kick-off with {{ tenant.name }}',
        attendees: '{{ tenant.ownerEmail }}',
        startsAt: '{{ vars.start }}',
        durationMinutes: 45,
        location: '',
        description: 'A first look around, and what you would like to reach in the first month.',
      }),
      waitFor('week', 'A week later', { for: 'duration', minutes: 10_080 }),
      action('review', 'Review the first week', 'create_task', {
        title: 'Review the first week of {{ tenant.name }}',
        dueInDays: 2,
        role: 'support',
      }),
    ],
  },
  {
    key: 'project_completion',
    title: { en: 'Project completion', ar: 'إنجاز مشروع', fr: 'Fin de projet' },
    summary: {
      en: 'Thanks the owner of a completed project and makes the task of the final invoice.',
      ar: 'يشكر صاحب المشروع المنجز وينشئ مهمة الفاتورة النهائية.',
      fr: 'Remercie le responsable d’un projet terminé et crée la tâche de la facture finale.',
    },
    tags: ['projects'],
    trigger: onEvent('project.completed'),
    conditions: all(),
    steps: [
      decide('known', 'Is the owner known?', all(compare('event.data.ownerEmail', 'is_not_empty')), {
        then: [
          email(
            'thanks',
            'Thank the owner',
            '{{ event.data.ownerEmail }}',
            '{{ event.data.title }} is complete',
            'Thank you for working with us. How did it go? An answer to this e-mail reaches us.',
          ),
        ],
        otherwise: [],
      }),
      action('invoice', 'Task of the final invoice', 'create_task', {
        title: 'Final invoice for {{ event.data.title }}',
        priority: 'high',
        dueInDays: 3,
        role: 'operations',
      }),
    ],
  },
  {
    key: 'course_completed',
    title: {
      en: 'Certificate and campaign status when a course is completed',
      ar: 'الشهادة وحالة الحملة عند إتمام دورة',
      fr: 'Certificat et statut de campagne à la fin d’un cours',
    },
    summary: {
      en: 'From a score of 70 on the certificate is issued and the campaign brought up to date; below, another attempt is offered.',
      ar: 'من درجة 70 فأعلى تُصدر الشهادة وتُحدَّث الحملة؛ ودونها تُعرض محاولة أخرى.',
      fr: 'À partir de 70, le certificat est délivré et la campagne mise à jour ; en dessous, un nouvel essai est proposé.',
    },
    tags: ['learning'],
    trigger: onEvent('lms.course.completed'),
    conditions: all(),
    steps: [
      decide('passed', 'Passed?', all(compare('event.data.score', 'greater_or_equal', 70)), {
        then: [
          action('certificate', 'Issue the certificate', 'emit_event', {
            event: 'lms.certificate.issued',
            data: {
              courseId: '{{ event.data.courseId }}',
              title: '{{ event.data.title }}',
              student: '{{ event.data.student }}',
              userId: '{{ event.data.userId }}',
              score: '{{ event.data.score }}',
            },
          }),
          decide('campaign', 'Part of a campaign?', all(compare('event.data.campaignId', 'is_not_empty')), {
            then: [
              action('progress', 'Bring the campaign up to date', 'emit_event', {
                event: 'awareness.campaign.completed',
                entityType: 'campaign',
                entityId: '{{ event.data.campaignId }}',
                data: {
                  id: '{{ event.data.campaignId }}',
                  title: '{{ event.data.title }}',
                  userId: '{{ event.data.userId }}',
                },
              }),
            ],
            otherwise: [],
          }),
        ],
        otherwise: [
          email(
            'again',
            'Offer another attempt',
            '{{ event.data.email }}',
            'Try {{ event.data.title }} again whenever you like',
            'Dear {{ event.data.student }},\n\nyour score was {{ event.data.score }} %. 70 % are needed.\n',
          ),
        ],
      }),
    ],
  },
  {
    key: 'remedial_course',
    title: {
      en: 'Remedial course after a failed phishing test',
      ar: 'دورة علاجية بعد الإخفاق في اختبار تصيّد',
      fr: 'Cours de rattrapage après un test d’hameçonnage raté',
    },
    summary: {
      en: 'Enrols whoever fell for it in the short course on phishing, and explains why.',
      ar: 'يسجّل من وقع في الاختبار في دورة قصيرة عن التصيّد ويشرح السبب.',
      fr: 'Inscrit la personne piégée au cours court sur l’hameçonnage et lui explique pourquoi.',
    },
    tags: ['awareness'],
    trigger: onEvent('phishing.test.failed'),
    conditions: all(),
    steps: [
      action('enrol', 'Enrol', 'enrol_user', {
        userId: '{{ event.data.userId | default: event.data.email }}',
        courseId: 'phishing-basics',
        title: 'How to recognise phishing',
      }),
      email(
        'explain',
        'Explain',
        '{{ event.data.email }}',
        'A short course for you',
        'It takes twelve minutes and shows what gave the message away.',
      ),
    ],
  },
];
