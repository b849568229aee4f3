import { isColumnName, MAX_COLUMNS } from '../chunk/chunk.ts';
import { isEmailAddress } from './email.ts';
import { type HeaderMeaning, meaningOfHeader } from './header-words.ts';
import { type ColumnTarget, ticketColumns } from './list-options.ts';

type Row = readonly string[];

/**
 * Whether the first row names the columns: it has no empty name beside full columns, holds no address, number or date,
 * and either one of its names is known or the rows below look different.
 */
export function detectHeader([first, ...rest]: readonly Row[]): boolean {
  if (first === undefined || first.every((cell) => cell.trim() === '')) return false;
  if (first.some((cell) => isEmailAddress(cell.trim()) || isPhone(cell) || isInstant(cell))) return false;
  if (first.some((cell) => meaningOfHeader(cell) !== undefined)) return true;
  return first.some((_, column) => {
    const values = valuesOf(rest, column);
    return values.length > 0 && meaningOfValues(values) !== undefined;
  });
}

/**
 * Guesses what becomes of each column, from its header where it has one that we know, else from its values. No target is
 * given twice; named columns that mean nothing to us are kept as `x-…`, nameless ones and those past 40 are left out.
 * @param header empty strings where the list has no header.
 * @param rows the first rows, without the header.
 */
export function guessTargets(header: readonly string[], rows: readonly Row[]): readonly ColumnTarget[] {
  const targets: (ColumnTarget | undefined)[] = header.map(() => undefined);
  const taken = new Set<ColumnTarget>();
  const take = (column: number, target: ColumnTarget) => {
    if (targets[column] !== undefined || taken.has(target)) return;
    targets[column] = target;
    taken.add(target);
  };
  for (const [column, name] of header.entries()) {
    const meaning = meaningOfHeader(name);
    if (meaning !== undefined) take(column, targetOf(meaning));
  }
  settleNames(targets, taken);
  for (const [column, name] of header.entries()) {
    if (meaningOfHeader(name) !== undefined) continue;
    const meaning = meaningOfValues(valuesOf(rows, column));
    const isNameOfHolder = meaning === 'holder' && (taken.has('given-name') || taken.has('family-name'));
    // Few different values under a name of their own may be anything: sizes, meals, towns.
    const isNamedType = meaning === 'type' && name !== '';
    if (meaning !== undefined && !isNameOfHolder && !isNamedType) take(column, targetOf(meaning));
  }
  return header.map((name, column) => {
    const target = targets[column] ?? extraTarget(name, taken);
    taken.add(target);
    if (ticketColumns([...taken]).length <= MAX_COLUMNS) return target;
    taken.delete(target);
    return 'ignore';
  });
}

/** A lone given or family name is the whole name ("Nom", "Nombre"); beside a whole name the parts add nothing. */
function settleNames(targets: (ColumnTarget | undefined)[], taken: Set<ColumnTarget>): void {
  const parts = (['given-name', 'family-name'] as const).filter((part) => taken.has(part));
  if (parts.length === 0) return;
  const whole = targets.indexOf('holder');
  const [lone] = parts;
  if (parts.length === 2) {
    if (whole === -1) return;
    // "Name, First name, Last name": the parts say more than a name that may be anything.
    targets[whole] = undefined;
    taken.delete('holder');
  } else if (lone !== undefined) {
    const column = targets.indexOf(lone);
    taken.delete(lone);
    if (whole === -1) {
      targets[column] = 'holder';
      taken.add('holder');
    } else {
      // "Name, Vorname": a family name under the plain word.
      const other = lone === 'given-name' ? 'family-name' : 'given-name';
      targets[whole] = other;
      taken.delete('holder');
      taken.add(other).add(lone);
    }
  }
}

function targetOf(meaning: HeaderMeaning): ColumnTarget {
  return meaning === 'registered' ? 'x-registered' : meaning;
}

function extraTarget(name: string, taken: ReadonlySet<ColumnTarget>): ColumnTarget {
  const slug = extraColumnName(name);
  if (slug === undefined) return 'ignore';
  let target: ColumnTarget = slug;
  for (let number = 2; taken.has(target); number++) target = `${slug.slice(0, 38)}-${number}` as `x-${string}`;
  return isColumnName(target) ? target : 'ignore';
}

/** The `x-…` column for a name people gave, or `undefined` when no letter or digit is in it. */
export function extraColumnName(name: string): `x-${string}` | undefined {
  const slug = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^x-/, '')
    .replace(/[^\p{Ll}\p{Lo}\p{M}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const column = `x-${[...slug].slice(0, 40).join('')}` as const;
  return isColumnName(column) ? column : undefined;
}

function valuesOf(rows: readonly Row[], column: number): readonly string[] {
  return rows.map((row) => row[column]?.trim() ?? '').filter((value) => value !== '');
}

/** Share of the values that has to look alike. */
const MOST = 0.8;

function meaningOfValues(values: readonly string[]): HeaderMeaning | undefined {
  if (values.length === 0) return undefined;
  const most = (test: (value: string) => boolean) => values.filter(test).length >= MOST * values.length;
  if (most(isEmailAddress)) return 'email';
  if (most(isInstant)) return 'registered';
  if (most(isPhone)) return 'phone';
  if (most((value) => /^[A-Z]{1,3}[- ]?\d{1,3}([- ]\d{1,4})?$/u.test(value))) return 'seat';
  if (most((value) => /^(?=.*\d)[\p{Lu}\d][\p{Lu}\d_/-]{3,30}$/u.test(value)) && isDistinct(values)) return 'ref';
  if (most((value) => /^[\p{L}\p{M}.'’-]+( [\p{L}\p{M}.'’-]+){1,5}$/u.test(value)) && isDistinct(values))
    return 'holder';
  if (values.length >= 10 && new Set(values).size <= values.length / 4 && most((value) => value.length <= 40))
    return 'type';
  return undefined;
}

function isDistinct(values: readonly string[]): boolean {
  return new Set(values).size >= 0.9 * values.length;
}

function isPhone(value: string): boolean {
  const digits = value.replace(/\D/g, '').length;
  return (
    /^'?[+(\d][\d\s()./-]*(\s?(x|ext\.?)\s?\d+)?$/i.test(value.trim()) &&
    digits >= 7 &&
    digits <= 18 &&
    !isInstant(value)
  );
}

function isInstant(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}( \d{1,2}:\d{2}.*)?$/.test(
    value.trim(),
  );
}

/**
 * Gives one column another target. Columns that can no longer have theirs (the same one; a whole name beside its parts) are
 * left out.
 */
export function retarget(
  targets: readonly ColumnTarget[],
  column: number,
  target: ColumnTarget,
): readonly ColumnTarget[] {
  return targets.map((current, index) => {
    if (index === column) return target;
    return excludes(target, current) ? 'ignore' : current;
  });
}

function excludes(target: ColumnTarget, other: ColumnTarget): boolean {
  if (target === other) return true;
  const isPart = (name: ColumnTarget) => name === 'given-name' || name === 'family-name';
  return (target === 'holder' && isPart(other)) || (isPart(target) && other === 'holder');
}
