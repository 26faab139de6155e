/** What a mail with a one-time link says, in the language of the person. */
export interface LinkMail {
  purpose: 'invitation' | 'password_reset';
  name: string;
  link: string;
  /** ISO 8601. */
  expiresAt: string;
}

interface Words {
  subject: string;
  body: string;
}

const texts: Readonly<Record<string, Record<LinkMail['purpose'], Words>>> = {
  en: {
    invitation: {
      subject: 'Your invitation to Steward',
      body: 'Hello {name},\n\nyou are invited to Steward. Open this link on the computer where Steward is installed and choose a password:\n\n{link}\n\nIt works once, until {until} (UTC). If you did not expect it, ignore this mail.',
    },
    password_reset: {
      subject: 'A new password for Steward',
      body: 'Hello {name},\n\nan administrator made this link with which you choose a new password. Open it on the computer where Steward is installed:\n\n{link}\n\nIt works once, until {until} (UTC). If you did not ask for it, tell your administrator.',
    },
  },
  fr: {
    invitation: {
      subject: 'Votre invitation à Steward',
      body: 'Bonjour {name},\n\nvous êtes invité·e à rejoindre Steward. Ouvrez ce lien sur l’ordinateur où Steward est installé et choisissez un mot de passe :\n\n{link}\n\nIl fonctionne une seule fois, jusqu’au {until} (UTC). Si vous ne l’attendiez pas, ignorez ce message.',
    },
    password_reset: {
      subject: 'Un nouveau mot de passe pour Steward',
      body: 'Bonjour {name},\n\nun administrateur a créé ce lien pour que vous choisissiez un nouveau mot de passe. Ouvrez-le sur l’ordinateur où Steward est installé :\n\n{link}\n\nIl fonctionne une seule fois, jusqu’au {until} (UTC). Si vous ne l’avez pas demandé, prévenez votre administrateur.',
    },
  },
  ar: {
    invitation: {
      subject: 'دعوتك إلى Steward',
      body: 'مرحبًا {name}،\n\nأنت مدعو إلى Steward. افتح هذا الرابط على الحاسوب المثبَّت عليه Steward واختر كلمة مرور:\n\n{link}\n\nيعمل الرابط مرة واحدة حتى {until} (UTC). إن لم تكن تتوقع هذه الرسالة فتجاهلها.',
    },
    password_reset: {
      subject: 'كلمة مرور جديدة لـ Steward',
      body: 'مرحبًا {name}،\n\nأنشأ أحد المسؤولين هذا الرابط لتختار كلمة مرور جديدة. افتحه على الحاسوب المثبَّت عليه Steward:\n\n{link}\n\nيعمل الرابط مرة واحدة حتى {until} (UTC). إن لم تطلبه فأخبر المسؤول.',
    },
  },
};

export function linkMail(mail: LinkMail, locale: string): Words {
  const { subject, body } = (texts[locale] ?? texts['en'])?.[mail.purpose] ?? { subject: '', body: '' };
  const until = mail.expiresAt.slice(0, 16).replace('T', ' ');
  const filled: Readonly<Record<string, string>> = { name: mail.name, link: mail.link, until };
  return { subject, body: body.replaceAll(/\{(\w+)\}/g, (whole, name: string) => filled[name] ?? whole) };
}
