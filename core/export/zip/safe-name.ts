/** Folder separators of any system, in names from anywhere. */
const SEPARATORS = /[/\\]+/;
const DRIVE = /^[A-Za-z]:/;
/**
 * Control characters (C0, DEL, C1), separators of lines, marks and overrides of direction, the byte order mark, lone
 * surrogates, noncharacters, and what Windows does not allow in names.
 */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff<>:"|?*]|\p{Surrogate}/gu;
/** Windows drops them, so `a.` and `a` would be one file. */
const TRAILING = /[. ]+$/;
/** Devices of Windows, whatever comes after a point. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:[. ]|$)/i;
/** ext4, APFS and NTFS take 255; some room for a suffix that makes a name unique. */
const MAX_SEGMENT_BYTES = 240;
const MAX_SEGMENTS = 16;

const encoder = new TextEncoder();

/**
 * An entry's name that stays inside the folder it is unpacked into, on every system: relative, with `/` between folders,
 * without `.` and `..`, drives, backslashes, control and bidirectional characters, names of devices, and nothing that
 * Windows would drop or refuse. Names that are safe stay as they are, but for Unicode normalisation (NFC).
 */
export function safeEntryName(name: string): string {
  const segments = name
    .normalize('NFC')
    .split(SEPARATORS)
    .map((segment, index) => safeSegment(index === 0 ? segment.replace(DRIVE, '') : segment))
    .filter((segment) => segment !== '')
    .slice(-MAX_SEGMENTS);
  return segments.length === 0 ? 'file' : segments.join('/');
}

/** Empty for what is no name at all, like `..`. */
function safeSegment(segment: string): string {
  const clean = segment.replace(FORBIDDEN, '_').trimStart().replace(TRAILING, '');
  return shortened(RESERVED.test(clean) ? `_${clean}` : clean);
}

/** Cut before its extension. */
function shortened(segment: string): string {
  if (encoder.encode(segment).length <= MAX_SEGMENT_BYTES) return segment;
  const { stem, extension } = splitExtension(segment);
  const room = new Uint8Array(MAX_SEGMENT_BYTES - encoder.encode(extension).length);
  const { read } = encoder.encodeInto(stem, room);
  return stem.slice(0, read).replace(TRAILING, '') + extension;
}

/** The extension with its point, or nothing; at most 16 characters, as longer ones are none. */
export function splitExtension(name: string): { readonly stem: string; readonly extension: string } {
  const extension = /\.[^./]{1,15}$/.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}
