import type { EventInput, TicketTypeInput } from '../../../core/api/event.ts';
import { language } from '../../localisation/language.ts';
import { deviceTimeZone, minorDigits } from '../../utils/format.ts';
import { instantOf, wallTimeOf } from '../../utils/zoned-time.ts';
import { currencyOfLocale } from '../events/currency.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** An evening ten days from now, where the device is, in the language of the interface. */
export function demoEvent(now: number): EventInput {
  const day = wallTimeOf(now + 10 * DAY_MS, deviceTimeZone()).slice(0, 10);
  const startsAt = instantOf(`${day}T18:00`, deviceTimeZone()) ?? now + 10 * DAY_MS;
  return {
    name: 'Demo: Lantern Festival',
    place: 'Riverside Hall',
    timeZone: deviceTimeZone(),
    startsAt,
    endsAt: startsAt + 5 * HOUR_MS,
    currency: currencyOfLocale(navigator.language),
    language: language.locale,
  };
}

const CREW = 'Crew';
export const CREW_COUNT = 60;
const GUESTS = 320;

/** Five types; the last one is minted by quantity, the others come from the list. */
export function demoTypes(currency: string): readonly (TicketTypeInput & { readonly isByQuantity: boolean })[] {
  const unit = 10 ** minorDigits(currency);
  const types = [
    { name: 'General', colour: 'blue', price: 60, capacity: 2_000 },
    { name: 'VIP', colour: 'grape', price: 150, capacity: 100 },
    { name: 'Student', colour: 'teal', price: 30, capacity: 500 },
    { name: 'Press', colour: 'orange', price: 0, capacity: 50 },
    { name: CREW, colour: 'gray', price: 0, capacity: null },
  ] as const;
  return types.map(({ price, ...type }) => ({
    ...type,
    priceMinor: price * unit,
    notBefore: null,
    notAfter: null,
    isByQuantity: type.name === CREW,
  }));
}

/** Given and family names that go together, by script; the first one is by far the most frequent. */
const NAMES: readonly (readonly [given: readonly string[], family: readonly string[]])[] = [
  [
    ['Aarav', 'Meera', 'Kabir', 'Ananya', 'Rohan', 'Fatima', 'José', 'Zoë', 'Liam', 'Amélie', 'Søren', 'Thuý'],
    ['Sharma', 'Nair', 'Fernandes', 'Khan', 'O’Brien', 'Müller', 'Novák', 'Nguyễn', 'Okafor', 'Banerjee', 'García'],
  ],
  [
    ['आरव', 'दिया', 'ईशान', 'अनन्या', 'कृष्ण', 'लक्ष्मी'],
    ['शर्मा', 'त्रिपाठी', 'जोशी', 'श्रीवास्तव', 'वर्मा'],
  ],
  [
    ['முருகன்', 'கவிதா', 'செல்வி', 'அருண்'],
    ['கிருஷ்ணன்', 'சுப்பிரமணியம்', 'ராஜேந்திரன்'],
  ],
  [
    ['Анна', 'Дмитро', 'Мария', 'Олексій'],
    ['Коваленко', 'Шевчук', 'Иванова', 'Петров'],
  ],
  [
    ['Ελένη', 'Γιώργος', 'Μαρία', 'Νίκος'],
    ['Παππάς', 'Νικολαΐδης', 'Οικονόμου'],
  ],
  [
    ['فاطمة', 'يوسف', 'مريم', 'أحمد'],
    ['الهاشمي', 'حداد', 'منصور'],
  ],
];
const ORGANISATIONS = ['', '', 'Riverside Arts', '', 'Städtische Bühne', '', 'लोक कला मंच', ''];

/** A guest list as people have them, as CSV; the same at every call. */
export function demoList(): string {
  const header = 'Name,E-mail,Phone,Organisation,Ticket type,Seat,Reference,Notes';
  const rows = Array.from({ length: GUESTS }, (_, index) => {
    const number = String(index + 1).padStart(3, '0');
    // Numbers that are set aside for fiction.
    const phone = `+44 7700 900${number}`;
    const organisation = ORGANISATIONS[index % ORGANISATIONS.length];
    const notes = index % 40 === 7 ? 'Wheelchair space' : '';
    const cells = [nameOf(index), `guest${number}@example.org`, phone, organisation, typeOf(index), seatOf(index)];
    return [...cells, `LF-${1_000 + index}`, notes].join(',');
  });
  return `${[header, ...rows].join('\n')}\n`;
}

/** Every second one in Latin letters. */
function nameOf(index: number): string {
  const script = index % 2 === 0 ? 0 : 1 + (((index - 1) / 2) % (NAMES.length - 1));
  const [given = [], family = []] = NAMES[script] ?? [];
  const turn = Math.floor(index / 2);
  return `${given[turn % given.length]} ${family[(7 * turn + script) % family.length]}`;
}

function typeOf(index: number): string {
  if (index % 20 === 19) return 'Press';
  if (index % 10 === 4) return 'VIP';
  return index % 5 === 1 ? 'Student' : 'General';
}

function seatOf(index: number): string {
  const row = Math.floor(index / 20);
  return `${String.fromCharCode(65 + row)}-${(index % 20) + 1}`;
}
