/** What the native menu and dialogs of the shell say; the console's own texts are in renderer/locales. */
export interface ShellLabels {
  file: string;
  edit: string;
  view: string;
  help: string;
  settings: string;
  quit: string;
  undo: string;
  redo: string;
  cut: string;
  copy: string;
  paste: string;
  selectAll: string;
  palette: string;
  inbox: string;
  outbox: string;
  workOffline: string;
  lock: string;
  larger: string;
  smaller: string;
  normalSize: string;
  fullScreen: string;
  shortcuts: string;
  windowStopped: string;
  windowStoppedDetail: string;
}

const english: ShellLabels = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  help: 'Help',
  settings: 'Settings',
  quit: 'Quit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  palette: 'Command palette',
  inbox: 'Inbox',
  outbox: 'Outbox',
  workOffline: 'Work offline',
  lock: 'Lock now',
  larger: 'Larger',
  smaller: 'Smaller',
  normalSize: 'Normal size',
  fullScreen: 'Full screen',
  shortcuts: 'Keyboard shortcuts',
  windowStopped: 'The window stopped and was opened again.',
  windowStoppedDetail: 'Everything you saved is still here. What happened is in the log on this machine.',
};

const french: ShellLabels = {
  file: 'Fichier',
  edit: 'Édition',
  view: 'Affichage',
  help: 'Aide',
  settings: 'Paramètres',
  quit: 'Quitter',
  undo: 'Annuler',
  redo: 'Rétablir',
  cut: 'Couper',
  copy: 'Copier',
  paste: 'Coller',
  selectAll: 'Tout sélectionner',
  palette: 'Palette de commandes',
  inbox: 'Boîte de réception',
  outbox: 'Boîte d’envoi',
  workOffline: 'Travailler hors ligne',
  lock: 'Verrouiller',
  larger: 'Agrandir',
  smaller: 'Réduire',
  normalSize: 'Taille normale',
  fullScreen: 'Plein écran',
  shortcuts: 'Raccourcis clavier',
  windowStopped: 'La fenêtre s’est arrêtée et a été rouverte.',
  windowStoppedDetail:
    'Tout ce que vous avez enregistré est conservé. Le détail figure dans le journal de cette machine.',
};

const arabic: ShellLabels = {
  file: 'ملف',
  edit: 'تحرير',
  view: 'عرض',
  help: 'مساعدة',
  settings: 'الإعدادات',
  quit: 'إنهاء',
  undo: 'تراجع',
  redo: 'إعادة',
  cut: 'قص',
  copy: 'نسخ',
  paste: 'لصق',
  selectAll: 'تحديد الكل',
  palette: 'لوحة الأوامر',
  inbox: 'صندوق الوارد',
  outbox: 'صندوق الصادر',
  workOffline: 'العمل دون اتصال',
  lock: 'قفل الآن',
  larger: 'تكبير',
  smaller: 'تصغير',
  normalSize: 'الحجم العادي',
  fullScreen: 'ملء الشاشة',
  shortcuts: 'اختصارات لوحة المفاتيح',
  windowStopped: 'توقفت النافذة وأُعيد فتحها.',
  windowStoppedDetail: 'كل ما حفظته لا يزال موجودًا. تفاصيل ما حدث في السجل على هذا الجهاز.',
};

/** The labels for a locale such as `fr-CA`; English where there are none. */
export function shellLabels(locale: string): ShellLabels {
  if (locale.startsWith('fr')) return french;
  return locale.startsWith('ar') ? arabic : english;
}
