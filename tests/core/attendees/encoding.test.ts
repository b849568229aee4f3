import { describe, expect, it } from 'vitest';
import { detectEncoding } from '../../../core/attendees/encoding.ts';
import { encodeAs, readGuessed } from './fixtures.ts';

const GERMAN = [
  'Name;E-Mail;Firma',
  'Jürgen Größe;j@example.org;Bäckerei Müller – Köln',
  'Zoë Weiß;z@example.org;Café Übel',
];
const JAPANESE = [
  'お名前,メール,会社名',
  '山田太郎,taro@example.jp,株式会社あおぞら',
  '佐藤花子,hanako@example.jp,東京都渋谷区',
];
const RUSSIAN = [
  'ФИО;Почта;Организация',
  'Иванов Пётр Сергеевич;p@example.ru;Завод «Прогресс»',
  'Смирнова Анна;a@example.ru;Школа',
];

describe('the encoding of a list', () => {
  it.each([
    ['utf-8', JAPANESE],
    ['windows-1252', GERMAN],
    ['shift_jis', JAPANESE],
    ['windows-1251', RUSSIAN],
    ['utf-16le', GERMAN],
    ['utf-16be', GERMAN],
    ['utf-16le', JAPANESE],
  ])('is found: %s', async (encoding, lines) => {
    const text = `${lines.join('\r\n')}\r\n`;
    const bytes = encoding === 'utf-8' ? new TextEncoder().encode(text) : encodeAs(text, encoding);
    expect(detectEncoding(bytes)).toBe(encoding);
    const { rows } = await readGuessed(bytes);
    expect(rows.map(({ values }) => values.join(lines[0]?.includes(';') ? ';' : ','))).toEqual(lines.slice(1));
  });

  it.each([
    ['utf-8', [0xef, 0xbb, 0xbf]],
    ['utf-16le', [0xff, 0xfe]],
    ['utf-16be', [0xfe, 0xff]],
  ])('follows a byte order mark, which is no part of the first name: %s', async (encoding, mark) => {
    const text = 'name,mail\nÅsa,a@example.org\n';
    const body = encoding === 'utf-8' ? new TextEncoder().encode(text) : encodeAs(text, encoding);
    const { inspection } = await readGuessed(Uint8Array.from([...mark, ...body]));
    expect(inspection).toMatchObject({ source: { encoding }, header: ['name', 'mail'] });
  });

  it('is UTF-8 although a character is cut off at the end of the sample', () => {
    expect(detectEncoding(new TextEncoder().encode('name\nÅsa\n京').subarray(0, -1))).toBe('utf-8');
  });

  it('may be chosen by the person', async () => {
    const bytes = encodeAs('name,mail\nŻółć,z@example.pl\n', 'windows-1250');
    const { rows } = await readGuessed(bytes, {}, { encoding: 'windows-1250' });
    expect(rows[0]?.values).toEqual(['Żółć', 'z@example.pl']);
  });

  it('chosen wrongly is noticed', async () => {
    const bytes = encodeAs('name,mail\nJürgen,j@example.org\nBob,b@example.org\n', 'windows-1252');
    const { report } = await readGuessed(bytes, {}, { encoding: 'utf-8' });
    expect(report.undecoded).toEqual({ count: 1, firstLine: 2 });
  });

  it.each([
    ['empty files', new Uint8Array(), 'The file is empty'],
    ['noise', crypto.getRandomValues(new Uint8Array(4000)), 'holds no text'],
    ['pictures', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...new Uint8Array(500)]), 'holds no text'],
    ['UTF-32', Uint8Array.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), 'UTF-32'],
    ['old Excel files', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'old Excel file'],
    ['blank files', new TextEncoder().encode('\r\n\r\n ,,\r\n'), 'The list is empty'],
  ])('does not matter for %s, which are refused with the reason', async (_, bytes, reason) => {
    await expect(readGuessed(bytes)).rejects.toMatchObject({
      code: 'list-invalid',
      message: expect.stringContaining(reason),
    });
  });
});
