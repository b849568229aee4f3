import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectHeader, extraColumnName, guessTargets, retarget } from '../../../core/attendees/columns.ts';
import { isEmailAddress } from '../../../core/attendees/email.ts';
import { repeatedTarget, ticketColumns } from '../../../core/attendees/list-options.ts';
import { isColumnName, MAX_COLUMNS } from '../../../core/chunk/chunk.ts';

describe('the guess of columns', () => {
  it.each([
    ['Full name,E-mail,Phone,Ticket type,Seat', 'holder,email,phone,type,seat'],
    [
      'Name;Vorname;E-Mail;Handy;Firma;Kartenart;Bemerkung',
      'family-name,given-name,email,phone,organisation,type,notes',
    ],
    ['Nom,Prénom,Courriel,Téléphone,Société', 'family-name,given-name,email,phone,organisation'],
    ['Nom,Courriel', 'holder,email'],
    ['Nombre,Apellidos,Correo electrónico,Asiento', 'given-name,family-name,email,seat'],
    ['नाम,ईमेल,मोबाइल नंबर,टिकट प्रकार,सीट', 'holder,email,phone,type,seat'],
    ['姓名,电子邮箱,手机,票种,备注', 'holder,email,phone,type,notes'],
    ['ФИО,Почта,Телефон,Место', 'holder,email,phone,seat'],
    ['Your name *,E-mail (private),T-shirt,T-shirt,Timestamp', 'holder,email,x-t-shirt,x-t-shirt-2,x-registered'],
    ['Display name,First name,Last name', 'x-display-name,given-name,family-name'],
  ])('knows the headers %s', (header, targets) => {
    expect(guessTargets(header.split(/[,;]/), []).join()).toBe(targets);
  });

  it('looks at the values where a header says nothing', () => {
    const rows = Array.from({ length: 20 }, (_, index) => [
      `Asha ${String.fromCharCode(65 + index)}anicker`,
      `guest${index}@example.org`,
      `+91 63001 8769${index}`,
      index % 3 === 0 ? 'VIP' : 'General',
      `A-0${index % 4}-0${index + 1}`,
      `R11-0000${index}`,
      `2026-08-0${(index % 9) + 1}T20:43:20.145Z`,
      '',
    ]);
    const guess = guessTargets(Array(8).fill(''), rows).join();
    expect(guess).toBe('holder,email,phone,type,seat,ref,x-registered,ignore');
    expect(guessTargets(['', '', '', 'T-shirt'], rows)[3]).toBe('x-t-shirt');
    expect(detectHeader(rows)).toBe(false);
    expect(detectHeader([['A', 'B', 'C'], ...rows])).toBe(true);
  });

  it('gives every target once and only names that a chunk takes, whatever the headers are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('name', 'Vorname', 'x-a', 'A')), { maxLength: 80 }),
        (header) => {
          const targets = guessTargets(header, []);
          expect(targets).toHaveLength(header.length);
          expect(repeatedTarget(targets)).toBeUndefined();
          const columns = ticketColumns(targets);
          expect(columns.length).toBeLessThanOrEqual(MAX_COLUMNS);
          expect(columns.every(isColumnName)).toBe(true);
        },
      ),
    );
  });

  it('gives way where a person gives a target to another column', () => {
    expect(retarget(['holder', 'email', 'notes'], 2, 'email')).toEqual(['holder', 'ignore', 'email']);
    expect(retarget(['holder', 'email', 'notes'], 2, 'family-name')).toEqual(['ignore', 'email', 'family-name']);
    expect(retarget(['given-name', 'family-name', 'ref'], 2, 'holder')).toEqual(['ignore', 'ignore', 'holder']);
    expect(retarget(['ignore', 'ignore'], 0, 'ignore')).toEqual(['ignore', 'ignore']);
  });

  it('makes names for extra columns from any script', () => {
    expect(['T-Shirt Größe', ' Ernährung: vegan? ', 'उम्र', '—', 'X'.repeat(60)].map(extraColumnName)).toEqual([
      'x-t-shirt-größe',
      'x-ernährung-vegan',
      'x-उम्र',
      undefined,
      `x-${'x'.repeat(40)}`,
    ]);
  });
});

describe('an e-mail address', () => {
  it.each([
    'a@b.co',
    'first.last+tag@sub.example.org',
    'jürgen@müller.example',
    'संपर्क@उदाहरण.भारत',
    "o'neil@example.ie",
  ])('may be %s', (address) => expect(isEmailAddress(address)).toBe(true));
  it.each([
    'not-an-address',
    'a@b',
    '@example.org',
    'a@',
    'a b@example.org',
    'a@@example.org',
    'a..b@example.org',
    'a@-x.org',
    'a@1.2.3.4',
    'a@b.c,d@e.f',
    `${'x'.repeat(250)}@a.b`,
  ])('is not %s', (address) => expect(isEmailAddress(address)).toBe(false));
});
