/** What no file system of today allows in a name, and what hides how a name is read. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}\p{Cf}]+/gu;
/** Device names of Windows, with any extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const MAX_LENGTH = 120;

/** A name that every file system takes, from whatever was typed: without folders, control characters and device names. */
export function safeFileName(name: string, extension: string): string {
  const suffix = `.${extension}`;
  const stem = name.toLowerCase().endsWith(suffix) ? name.slice(0, -suffix.length) : name;
  const clean = stem
    .replace(FORBIDDEN, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .]+|[ .]+$/g, '')
    .slice(0, MAX_LENGTH)
    .trim();
  if (clean === '') return `tickets${suffix}`;
  return `${RESERVED.test(clean) ? '_' : ''}${clean}${suffix}`;
}

/** `Annual Gala tickets 2026-11-22.csv`, the day in the event's zone. */
export function usualFileName(
  { name, timeZone }: { readonly name: string; readonly timeZone: string },
  what: 'tickets' | 'check-ins' | 'report',
  at: number,
  extension: string,
): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
  return safeFileName(`${name} ${what} ${day}`, extension);
}
