import { describe, expect, it } from 'vitest';
import { safeFileName, usualFileName } from '../../../src/features/exports/file-name.ts';

describe('safeFileName', () => {
  it.each([
    ['tickets', 'tickets.csv'],
    ['tickets.csv', 'tickets.csv'],
    ['TICKETS.CSV', 'TICKETS.csv'],
    ['../../etc/passwd', 'etc passwd.csv'],
    ['C:\\Users\\me', 'C Users me.csv'],
    ['door "list" <1>|?*', 'door list 1.csv'],
    ['two\nlines\u0000', 'two lines.csv'],
    ['gala\u202evsc.exe', 'gala vsc.exe.csv'],
    ['nul', '_nul.csv'],
    ['com1.old', '_com1.old.csv'],
    ['...', 'tickets.csv'],
    ['', 'tickets.csv'],
    ['விருந்து ٢', 'விருந்து ٢.csv'],
    ['x'.repeat(300), `${'x'.repeat(120)}.csv`],
  ])('makes %j %j', (name, safe) => {
    expect(safeFileName(name, 'csv')).toBe(safe);
  });
});

describe('usualFileName', () => {
  it('has the day of the event’s zone', () => {
    const at = Date.UTC(2026, 10, 22, 20);
    expect(usualFileName({ name: 'Annual Gala', timeZone: 'Asia/Kolkata' }, 'tickets', at, 'csv')).toBe(
      'Annual Gala tickets 2026-11-23.csv',
    );
    expect(usualFileName({ name: 'Annual Gala', timeZone: 'UTC' }, 'report', at, 'pdf')).toBe(
      'Annual Gala report 2026-11-22.pdf',
    );
  });
});
