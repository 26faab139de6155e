import type { SeededRandom } from './seededRandom.ts';

/** A name as written, and in Latin letters for addresses. */
type Written = readonly [name: string, latin: string];

const latinFirst = [
  'Amelia',
  'Noah',
  'Chloé',
  'Mateo',
  'Ingrid',
  'Lukas',
  'Sofia',
  'Daniel',
  'Fatou',
  'Élise',
  'Marco',
  'Hannah',
  'Pedro',
  'Zoe',
  'Adrian',
  'Priya',
  'Oskar',
  'Julia',
  'Kwame',
  'Beatriz',
  'Henrik',
  'Nadia',
  'Théo',
  'Grace',
];
const latinLast = [
  'Moreau',
  'Okafor',
  'Lindqvist',
  'García',
  'Schneider',
  'Rossi',
  'Novak',
  'Fernandes',
  'Walsh',
  'Dubois',
  'Iyer',
  'Jensen',
  'Kowalski',
  'Santos',
  'Becker',
  'Laurent',
  'Mensah',
  'Virtanen',
  'Carter',
  'Bianchi',
];
const arabicFirst: Written[] = [
  ['ليلى', 'layla'],
  ['أحمد', 'ahmed'],
  ['مريم', 'maryam'],
  ['يوسف', 'youssef'],
  ['هند', 'hind'],
  ['خالد', 'khalid'],
  ['سارة', 'sara'],
  ['عمر', 'omar'],
  ['نورة', 'noura'],
  ['طارق', 'tariq'],
  ['رانيا', 'rania'],
  ['فيصل', 'faisal'],
];
const arabicLast: Written[] = [
  ['الشمري', 'alshammari'],
  ['بن علي', 'benali'],
  ['الحربي', 'alharbi'],
  ['منصور', 'mansour'],
  ['القاسمي', 'alqasimi'],
  ['حداد', 'haddad'],
  ['العلوي', 'alaoui'],
  ['ناصر', 'nasser'],
  ['الخطيب', 'alkhatib'],
  ['زيدان', 'zidane'],
];
const japaneseFirst: Written[] = [
  ['健太', 'kenta'],
  ['陽菜', 'hina'],
  ['蓮', 'ren'],
  ['さくら', 'sakura'],
  ['大輔', 'daisuke'],
  ['結衣', 'yui'],
  ['翔太', 'shota'],
  ['葵', 'aoi'],
  ['拓海', 'takumi'],
  ['真由美', 'mayumi'],
];
const japaneseLast: Written[] = [
  ['佐藤', 'sato'],
  ['鈴木', 'suzuki'],
  ['田中', 'tanaka'],
  ['渡辺', 'watanabe'],
  ['伊藤', 'ito'],
  ['山本', 'yamamoto'],
  ['中村', 'nakamura'],
  ['小林', 'kobayashi'],
  ['加藤', 'kato'],
  ['吉田', 'yoshida'],
];

const latinCompanyFirst = [
  'Northwind',
  'Bluefjord',
  'Atelier',
  'Helix',
  'Cedar',
  'Lumen',
  'Meridian',
  'Harbour',
  'Solstice',
  'Kestrel',
  'Verdant',
  'Copper',
  'Aurora',
  'Pinnacle',
  'Tidewater',
  'Granite',
  'Juniper',
  'Orchard',
  'Beacon',
  'Falcon',
  'Rivage',
  'Boréal',
  'Monte',
  'Nimbus',
  'Saffron',
  'Quarry',
];
const latinCompanySecond = [
  'Logistics',
  'Learning',
  'Health',
  'Analytics',
  'Robotics',
  'Foods',
  'Insurance',
  'Studios',
  'Energy',
  'Academy',
  'Travel',
  'Properties',
];
const arabicCompanyFirst: Written[] = [
  ['أفق', 'ofoq'],
  ['النخيل', 'nakheel'],
  ['الريادة', 'riyada'],
  ['واحة', 'waha'],
  ['المنارة', 'manara'],
  ['بوابة', 'bawaba'],
  ['سدرة', 'sidra'],
  ['مدار', 'madar'],
  ['الياسمين', 'yasmin'],
  ['دانة', 'dana'],
];
const arabicCompanySecond: Written[] = [
  ['للتقنية', 'tech'],
  ['للتعليم', 'education'],
  ['العقارية', 'realestate'],
  ['للاستشارات', 'consulting'],
  ['الطبية', 'medical'],
  ['للنقل', 'transport'],
];
const japaneseCompanyFirst: Written[] = [
  ['青空', 'aozora'],
  ['桜', 'sakura'],
  ['富士見', 'fujimi'],
  ['みどり', 'midori'],
  ['光', 'hikari'],
  ['北斗', 'hokuto'],
  ['若葉', 'wakaba'],
  ['銀河', 'ginga'],
];
const japaneseCompanySecond: Written[] = [
  ['商事', 'shoji'],
  ['システム', 'systems'],
  ['教育', 'kyoiku'],
  ['製作所', 'works'],
  ['物流', 'butsuryu'],
];

export interface DemoPerson {
  name: string;
  /** `given.family` in Latin letters, for an address. */
  handle: string;
}

/** Two people in ten carry Arabic names, one a Japanese one. */
export function somePerson(random: SeededRandom): DemoPerson {
  const script = random.fraction();
  if (script < 0.2) return joined(random.pick(arabicFirst), random.pick(arabicLast), ' ');
  if (script < 0.32) {
    const [given, family] = [random.pick(japaneseFirst), random.pick(japaneseLast)];
    return { name: `${family[0]} ${given[0]}`, handle: `${given[1]}.${family[1]}` };
  }
  const [given, family] = [random.pick(latinFirst), random.pick(latinLast)];
  return { name: `${given} ${family}`, handle: `${plain(given)}.${plain(family)}` };
}

export interface DemoCompany {
  name: string;
  slug: string;
  script: 'latin' | 'arabic' | 'japanese';
}

/** The company of a running number; no two numbers share a name or a slug. */
export function companyNumbered(index: number): DemoCompany {
  const place = index % 6;
  const turn = Math.floor(index / 6);
  if (place === 1) return { ...numbered(arabicCompanyFirst, arabicCompanySecond, turn, ' '), script: 'arabic' };
  if (place === 4) return { ...numbered(japaneseCompanyFirst, japaneseCompanySecond, turn, ''), script: 'japanese' };
  const first = latinCompanyFirst.map((word): Written => [word, plain(word)]);
  const second = latinCompanySecond.map((word): Written => [word, plain(word)]);
  const latinTurn = turn * 4 + [0, 0, 1, 2, 2, 3][place]!;
  return { ...numbered(first, second, latinTurn, ' '), script: 'latin' };
}

/** Pairs walk through both lists at once, so that neighbours differ in both words. */
function numbered(first: readonly Written[], second: readonly Written[], turn: number, between: string) {
  const pairs = first.length * second.length;
  const [round, pair] = [Math.floor(turn / pairs), turn % pairs];
  const start = first[pair % first.length]!;
  const end = second[((pair % first.length) + Math.floor(pair / first.length)) % second.length]!;
  return {
    name: `${start[0]}${between}${end[0]}${round === 0 ? '' : ` ${round + 1}`}`,
    slug: `${start[1]}-${end[1]}${round === 0 ? '' : `-${round + 1}`}`,
  };
}

function joined(given: Written, family: Written, between: string): DemoPerson {
  return { name: `${given[0]}${between}${family[0]}`, handle: `${given[1]}.${family[1]}` };
}

function plain(word: string): string {
  return word
    .normalize('NFD')
    .replaceAll(/[^a-zA-Z]/g, '')
    .toLowerCase();
}
